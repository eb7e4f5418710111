"""Takes the rounds of what is written in Python: a line of JSON in, a line of JSON out.

    {prepare: work, library, inputs}  ->  {id}         with_<library>(**inputs) of <work>.py
    {answer: id}                      ->  {answer}     what it makes of its inputs, as base64 of doubles
    {round: id, sampling}             ->  {samples}    seconds a run

with_<library> returns two functions: run(), one unit of work, and answer().
"""

import base64
import gc
import importlib
import json
import sys
import traceback
from time import perf_counter

contestants = []


def read(value):
    """Arrays travel as the bytes they are."""
    import numpy as np

    if isinstance(value, list):
        return [read(part) for part in value]
    if not isinstance(value, dict):
        return value
    if "array" in value:
        return np.frombuffer(base64.b64decode(value["array"]), value["type"]).copy()
    return {name: read(part) for name, part in value.items()}


def samples(run, maxTime, minTime, minSamples):
    """Seconds a run; a sample is as many runs as it takes to last for minTime."""

    def time(count):
        start = perf_counter()
        for _ in range(count):
            run()
        return perf_counter() - start

    count = 1
    taken = time(1)
    if minSamples == 1:
        return [taken]
    while taken < minTime:
        count = max(count + 1, int(count * min(10, 1.2 * minTime / max(taken, 1e-9))))
        taken = time(count)
    found = []
    end = perf_counter() + maxTime
    while len(found) < minSamples or perf_counter() < end:
        found.append(time(count) / count)
    return found


def handle(request):
    if "prepare" in request:
        work = importlib.import_module(request["prepare"])
        prepare = getattr(work, "with_" + request["library"])
        contestants.append(prepare(**read(request["inputs"])))
        return {"id": len(contestants) - 1}
    if "answer" in request:
        import numpy as np

        _, answer = contestants[request["answer"]]
        numbers = np.ascontiguousarray(answer(), dtype="f8")
        return {"answer": base64.b64encode(numbers.tobytes()).decode()}
    run, _ = contestants[request["round"]]
    gc.disable()
    try:
        return {"samples": samples(run, **request["sampling"])}
    finally:
        gc.enable()


for line in sys.stdin:
    try:
        reply = handle(json.loads(line))
    except ImportError as error:
        reply = {"missing": str(error)}
    except Exception:
        reply = {"error": traceback.format_exc()}
    print(json.dumps(reply), flush=True)
