"""C = A·B for square matrices of doubles."""


def with_numpy(n, a, b):
    import numpy as np

    a, b = a.reshape(n, n), b.reshape(n, n)
    c = np.empty((n, n))

    def run():
        np.dot(a, b, out=c)

    def answer():
        run()
        return c

    return run, answer


def with_numpy_matmul(n, a, b):
    """The operator @, and what most people write. Small products pay for its generality."""
    import numpy as np

    a, b = a.reshape(n, n), b.reshape(n, n)
    c = np.empty((n, n))

    def run():
        np.matmul(a, b, out=c)

    def answer():
        run()
        return c

    return run, answer


def with_numpy_method(n, a, b):
    """The shortest way to the product there is; nobody writes it."""
    import numpy as np

    a, b = a.reshape(n, n), b.reshape(n, n)
    c = np.empty((n, n))
    dot = a.dot

    def run():
        dot(b, c)

    def answer():
        run()
        return c

    return run, answer


def with_torch(n, a, b):
    import torch

    torch.set_num_threads(1)
    a, b = torch.from_numpy(a).reshape(n, n), torch.from_numpy(b).reshape(n, n)
    c = torch.empty((n, n), dtype=torch.float64)

    def run():
        torch.matmul(a, b, out=c)

    def answer():
        run()
        return c.numpy()

    return run, answer
