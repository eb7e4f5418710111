"""y = A·x for a sparse A by compressed rows."""


def with_scipy(rows, columns, rowStart, columnIndex, values, x):
    from scipy.sparse import csr_array

    a = csr_array((values, columnIndex, rowStart), shape=(rows, columns))

    def answer():
        return a @ x

    return answer, answer


def with_torch(rows, columns, rowStart, columnIndex, values, x):
    import torch

    torch.set_num_threads(1)
    parts = [torch.from_numpy(part) for part in (rowStart, columnIndex, values)]
    a = torch.sparse_csr_tensor(*parts, size=(rows, columns), dtype=torch.float64)
    x = torch.from_numpy(x)

    def run():
        return torch.mv(a, x)

    return run, lambda: run().numpy()
