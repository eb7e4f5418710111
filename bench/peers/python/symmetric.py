"""The k eigenpairs of a symmetric A [n, n] with the largest eigenvalues."""


def with_numpy(n, k, a):
    import numpy as np

    a = a.reshape(n, n)

    def run():
        values, vectors = np.linalg.eigh(a)
        return values[::-1][:k], vectors[:, ::-1][:, :k]

    return run, lambda: run()[0]


def with_scipy(n, k, a):
    from scipy.sparse.linalg import eigsh

    a = a.reshape(n, n)

    def run():
        return eigsh(a, k, which="LA")

    return run, lambda: run()[0][::-1]
