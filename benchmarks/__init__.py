"""Every claim of speed or accuracy, as a command that prints JSON: ``./qala bench NAME``.

A benchmark is a module with ``measure(arguments, settings) -> dict`` and a line in BENCHMARKS.
What it compares, it compares within one run, in alternating rounds.
"""

BENCHMARKS: dict[str, str] = {
    "evidence": "benchmarks.evidence",
    "gate": "benchmarks.gate",
    "ingest": "benchmarks.ingest",
    "large-stream": "benchmarks.large_stream",
    "latency": "benchmarks.latency",
    "map": "benchmarks.map",
    "memory": "benchmarks.memory",
    "new-camera": "benchmarks.new_camera",
    "pipeline": "benchmarks.pipeline",
    "sections": "benchmarks.sections",
    "speed": "benchmarks.speed",
    "tracking": "benchmarks.tracking",
    "plates": "benchmarks.plates",
    "against-ultralytics": "benchmarks.against_ultralytics",
    "camera_health": "benchmarks.camera_health",
    "stills": "benchmarks.stills",
    "pasted-things": "benchmarks.pasted_things",
    "rules": "benchmarks.rules",
    "plate-search": "benchmarks.plate_search",
    "seed": "benchmarks.seed",
    "train-yolo": "benchmarks.train_yolo",
}
"""Modules by the name of the benchmark; imported when it is asked for."""
