"""An elementary function of a vector of doubles."""


def with_numpy(function, x):
    import numpy as np

    y = np.empty_like(x)

    def sigmoid():
        np.negative(x, out=y)
        np.exp(y, out=y)
        np.add(y, 1.0, out=y)
        np.reciprocal(y, out=y)

    ufunc = getattr(np, function, None)

    def loop():
        ufunc(x, out=y)

    run = loop if ufunc else sigmoid

    def answer():
        run()
        return y

    return run, answer


def with_torch(function, x):
    import torch

    torch.set_num_threads(1)
    x = torch.from_numpy(x)
    y = torch.empty_like(x)
    ufunc = getattr(torch, function)

    def run():
        ufunc(x, out=y)

    def answer():
        run()
        return y.numpy()

    return run, answer
