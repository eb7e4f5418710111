"""The k largest eigenvalues of XᵀX for X [n, d], the product included."""


def with_numpy(n, d, k, x):
    import numpy as np

    x = x.reshape(n, d)

    def run():
        values, vectors = np.linalg.eigh(x.T @ x)
        return values[::-1][:k], vectors[:, ::-1][:, :k]

    return run, lambda: run()[0]


def with_scipy(n, d, k, x):
    from scipy.sparse.linalg import eigsh

    x = x.reshape(n, d)

    def run():
        return eigsh(x.T @ x, k, which="LA")

    return run, lambda: run()[0][::-1]
