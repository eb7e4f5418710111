"""A training step of a network, as bench/peers/network.ts describes it. Each run is a step."""

from itertools import cycle

COMPARED = 10
BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-8


def losses(step):
    """The losses of the first steps."""
    return lambda: [step() for _ in range(COMPARED)]


def with_numpy(widths, hidden, optimizer, rate, batch, W, b, x, t):
    """Written out by hand: every buffer is made beforehand, every operation writes into one."""
    import numpy as np

    shapes = [shape for m, n in zip(widths, widths[1:]) for shape in ((m, n), (n,))]
    size = sum(int(np.prod(shape)) for shape in shapes)

    def flat():
        """A vector, and views of it with the shapes of the parameters."""
        vector, views, end = np.zeros(size), [], 0
        for shape in shapes:
            start, end = end, end + int(np.prod(shape))
            views.append(vector[start:end].reshape(shape))
        return vector, views[0::2], views[1::2]

    w, Ws, bs = flat()
    g, gW, gb = flat()
    for k in range(len(Ws)):
        Ws[k][...] = W[k].reshape(Ws[k].shape)
        bs[k][...] = b[k]
    m, v, s = np.zeros(size), np.zeros(size), np.zeros(size)
    layers = [np.empty((batch, n)) for n in widths[1:]]
    slopes = [np.empty((batch, n)) for n in widths[1:]]
    masks = [np.empty((batch, n), dtype=bool) for n in widths[1:]]
    last = len(Ws) - 1
    examples = cycle(
        [(p.reshape(batch, widths[0]), q.reshape(batch, widths[-1])) for p, q in zip(x, t)]
    )
    steps = 0

    def sgd():
        np.multiply(g, rate, out=s)
        np.subtract(w, s, out=w)

    def adam():
        """Both corrections in one number each: the same step in fewer passes."""
        np.subtract(g, m, out=s)
        np.multiply(s, 1 - BETA1, out=s)
        np.add(m, s, out=m)
        np.multiply(g, g, out=s)
        np.subtract(s, v, out=s)
        np.multiply(s, 1 - BETA2, out=s)
        np.add(v, s, out=v)
        root = (1 - BETA2**steps) ** 0.5
        np.sqrt(v, out=s)
        np.add(s, EPSILON * root, out=s)
        np.divide(m, s, out=s)
        np.multiply(s, rate * root / (1 - BETA1**steps), out=s)
        np.subtract(w, s, out=w)

    move = adam if optimizer == "adam" else sgd

    def step():
        nonlocal steps
        steps += 1
        start, target = next(examples)
        h = start
        for k in range(last + 1):
            z = layers[k]
            np.matmul(h, Ws[k], out=z)
            np.add(z, bs[k], out=z)
            if k < last:
                if hidden == "tanh":
                    np.tanh(z, out=z)
                else:
                    np.maximum(z, 0, out=z)
            h = z
        d = slopes[last]
        np.subtract(h, target, out=d)
        loss = float(np.vdot(d, d)) / d.size
        np.multiply(d, 2 / d.size, out=d)
        for k in range(last, -1, -1):
            below = layers[k - 1] if k > 0 else start
            np.matmul(below.T, d, out=gW[k])
            np.sum(d, axis=0, out=gb[k])
            if k > 0:
                d = np.matmul(d, Ws[k].T, out=slopes[k - 1])
                if hidden == "tanh":  # below was tanh; its slope is 1 − tanh², and it is not needed again
                    np.multiply(below, below, out=below)
                    np.subtract(1, below, out=below)
                    np.multiply(d, below, out=d)
                else:
                    np.greater(below, 0, out=masks[k - 1])
                    np.multiply(d, masks[k - 1], out=d)
        move()
        return loss

    return step, losses(step)


def torch_step(widths, hidden, rate, batch, W, b, x, t, make):
    """Eager torch, as its tutorials have it."""
    import torch
    from torch import nn

    torch.set_num_threads(1)
    layers = []
    for k, (m, n) in enumerate(zip(widths, widths[1:])):
        linear = nn.Linear(m, n, dtype=torch.float64)
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(W[k]).reshape(m, n).T)
            linear.bias.copy_(torch.from_numpy(b[k]))
        layers.append(linear)
        if k < len(widths) - 2:
            layers.append(nn.Tanh() if hidden == "tanh" else nn.ReLU())
    net = nn.Sequential(*layers)
    optimizer = make(torch.optim, net.parameters(), rate)
    examples = cycle(
        [
            (
                torch.from_numpy(p).reshape(batch, widths[0]),
                torch.from_numpy(q).reshape(batch, widths[-1]),
            )
            for p, q in zip(x, t)
        ]
    )

    def step():
        start, target = next(examples)
        loss = nn.functional.mse_loss(net(start), target)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()

    return step, losses(step)


def with_torch(optimizer, **training):
    def make(optim, parameters, rate):
        if optimizer == "sgd":
            return optim.SGD(parameters, lr=rate)
        return optim.Adam(parameters, lr=rate, betas=(BETA1, BETA2), eps=EPSILON)

    return torch_step(**training, make=make)


def with_torch_fused(optimizer, **training):
    """Adam as one kernel, which is not torch's default."""

    def make(optim, parameters, rate):
        try:
            return optim.Adam(parameters, lr=rate, betas=(BETA1, BETA2), eps=EPSILON, fused=True)
        except RuntimeError as error:  # an older torch
            raise ImportError(str(error)) from error

    return torch_step(**training, make=make)
