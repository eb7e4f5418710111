"""The gradient checkers of torch, JAX and autograd themselves, asked about functions that live in another process.

    stdin   {check, shapes, shape, values}   which checker, the shapes of x and y, the point
            {numbers} or {error}             what was asked for
    stdout  {value: xs}                      asks for y = f(x)
            {vjp: xs, dy}                    asks for dyᵀ·J, the inputs' parts one after the other
            {second: xs, dy, seed}           asks for seedᵀ·∂(dyᵀ·J)/∂(x, dy), likewise
            {verdict}                        right or wrong, and why

A function is handed over as users hand over theirs: a torch.autograd.Function, a custom_vjp, a primitive with a vjp.
Arrays travel as the bytes they are, in base64.
"""

import base64
import importlib.metadata
import json
import logging
import math
import sys

import numpy as np

# What goes wrong is told by the verdict.
np.seterr(all="ignore")
logging.getLogger("jax._src.callback").setLevel(logging.CRITICAL)
replies = sys.stdout
sys.stdout = sys.stderr


def say(message):
    print(json.dumps(message), file=replies, flush=True)


def packed(array):
    return base64.b64encode(np.ascontiguousarray(array, dtype="f8").tobytes()).decode()


def unpacked(text):
    return np.frombuffer(base64.b64decode(text)).copy()


class Remote:
    """f at the other end of the pipes."""

    def __init__(self, shapes, shape, values):
        self.shapes = [tuple(each) for each in shapes]
        self.shape = tuple(shape)
        self.inputs = self.parts(unpacked(values), self.shapes)

    def ask(self, message):
        say(message)
        reply = json.loads(sys.stdin.readline())
        if "error" in reply:
            raise RuntimeError(reply["error"])
        return unpacked(reply["numbers"])

    @staticmethod
    def parts(numbers, shapes):
        ends = np.cumsum([math.prod(each) for each in shapes])
        return [part.reshape(each) for part, each in zip(np.split(numbers, ends[:-1]), shapes)]

    @staticmethod
    def row(arrays):
        return packed(np.concatenate([np.ravel(each) for each in arrays]))

    def value(self, *xs):
        return self.ask({"value": self.row(xs)}).reshape(self.shape)

    def vjp(self, dy, *xs):
        """The gradients of ⟨dy, f(x)⟩, one for each x."""
        return self.parts(self.ask({"vjp": self.row(xs), "dy": packed(dy)}), self.shapes)

    def second(self, seeds, dy, *xs):
        """The gradients of ⟨seeds, vjp(dy, x)⟩, of dy first."""
        numbers = self.ask({"second": self.row(xs), "dy": packed(dy), "seed": self.row(seeds)})
        *of_xs, of_dy = self.parts(numbers, [*self.shapes, self.shape])
        return [of_dy, *of_xs]


def torch_function(remote):
    import torch

    arrays = lambda tensors: [each.detach().numpy() for each in tensors]
    tensors = lambda arrays: tuple(torch.from_numpy(np.array(each)) for each in arrays)

    class Gradient(torch.autograd.Function):
        @staticmethod
        def forward(ctx, dy, *xs):
            ctx.save_for_backward(dy, *xs)
            return tensors(remote.vjp(*arrays([dy, *xs])))

        @staticmethod
        def backward(ctx, *seeds):
            return tensors(remote.second(arrays(seeds), *arrays(ctx.saved_tensors)))

    class Function(torch.autograd.Function):
        @staticmethod
        def forward(ctx, *xs):
            ctx.save_for_backward(*xs)
            return tensors([remote.value(*arrays(xs))])[0]

        @staticmethod
        def backward(ctx, dy):
            return Gradient.apply(dy, *ctx.saved_tensors)

    return Function.apply, tuple(each.requires_grad_() for each in tensors(remote.inputs))


def of_torch(name, **options):
    def check(remote):
        import torch

        torch.manual_seed(0)
        getattr(torch.autograd, name)(*torch_function(remote), **options)

    return check


def jax_function(remote):
    import jax

    jax.config.update("jax_enable_x64", True)
    double = lambda shape: jax.ShapeDtypeStruct(shape, np.float64)
    numbers = lambda *arrays: [np.asarray(each) for each in arrays]

    @jax.custom_vjp
    def gradient(dy, *xs):
        ask = lambda dy, *xs: remote.vjp(*numbers(dy, *xs))
        return jax.pure_callback(ask, [double(each) for each in remote.shapes], dy, *xs)

    def gradient_bwd(at, seeds):
        ask = lambda seeds, *at: remote.second(numbers(*seeds), *numbers(*at))
        shapes = [double(each) for each in [remote.shape, *remote.shapes]]
        return tuple(jax.pure_callback(ask, shapes, seeds, *at))

    @jax.custom_vjp
    def function(*xs):
        return jax.pure_callback(lambda *xs: remote.value(*numbers(*xs)), double(remote.shape), *xs)

    gradient.defvjp(lambda *at: (gradient(*at), at), gradient_bwd)
    function.defvjp(lambda *xs: (function(*xs), xs), lambda xs, dy: tuple(gradient(dy, *xs)))
    return function, tuple(jax.numpy.asarray(each) for each in remote.inputs)


def of_jax(order):
    def check(remote):
        from jax.test_util import check_grads

        check_grads(*jax_function(remote), order=order, modes=["rev"])

    return check


def autograd_function(remote):
    import autograd.numpy as anp
    from autograd.extend import defvjp_argnums, primitive

    # All gradients in one row, so that a gradient is an array for autograd, too.
    @primitive
    def gradient(dy, *xs):
        return np.concatenate([np.ravel(each) for each in remote.vjp(dy, *xs)])

    @primitive
    def function(*xs):
        return remote.value(*xs)

    def of_gradient(slots, _ans, at, _options):
        def vjp(seed):
            found = remote.second(remote.parts(seed, remote.shapes), *at)
            return [found[slot] for slot in slots]

        return vjp

    ends = np.cumsum([0, *(math.prod(each) for each in remote.shapes)])

    def of_function(slots, _ans, xs, _options):
        def vjp(dy):
            row = gradient(dy, *xs)
            return [
                anp.reshape(row[ends[slot] : ends[slot + 1]], remote.shapes[slot]) for slot in slots
            ]

        return vjp

    defvjp_argnums(gradient, of_gradient)
    defvjp_argnums(function, of_function)
    return function, remote.inputs


def of_autograd(order):
    def check(remote):
        from autograd.test_util import check_grads

        np.random.seed(0)
        function, inputs = autograd_function(remote)
        # By itself it looks at the first argument alone; tests of autograd's own ops go through all of them.
        every = tuple(range(len(inputs)))
        check_grads(function, every, modes=["rev"], order=order)(*inputs)

    return check


checks = {
    "gradcheck": of_torch("gradcheck"),
    "gradgradcheck": of_torch("gradgradcheck"),
    "gradcheck, fast": of_torch("gradcheck", fast_mode=True),
    "gradgradcheck, fast": of_torch("gradgradcheck", fast_mode=True),
    "JAX, order 1": of_jax(1),
    "JAX, order 2": of_jax(2),
    "autograd, order 1": of_autograd(1),
    "autograd, order 2": of_autograd(2),
}

say({name: importlib.metadata.version(name) for name in ("torch", "jax", "autograd")})
for line in sys.stdin:
    request = json.loads(line)
    check = checks[request.pop("check")]
    try:
        check(Remote(**request))
        say({"verdict": "right"})
    except Exception as error:
        say({"verdict": "wrong", "why": f"{type(error).__name__}: {error}"})
