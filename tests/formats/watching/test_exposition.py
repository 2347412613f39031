from prometheus_client.parser import text_string_to_metric_families

from app.formats.watching.exposition import counter, gauge, histogram, write_metrics


def test_prometheus_reads_what_is_written() -> None:
    text = write_metrics(
        [
            gauge("samvad_ready", "Ready.", {(): 1}),
            counter("samvad_things_total", "Things.", {("a",): 20, ("b",): 0}, ("kind",)),
            histogram(
                "samvad_wait_seconds", "Waits.", {("x",): {float("inf"): 30, 0.1: 10}, ("y",): {0.1: 0}}, ("of",)
            ),
        ]
    ).decode()
    samples = [
        (sample.name, sample.labels, sample.value)
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    ]
    # What is zero has no line, and there is no sum of seconds.
    assert samples == [
        ("samvad_ready", {}, 1.0),
        ("samvad_things_total", {"kind": "a"}, 20.0),
        ("samvad_wait_seconds_bucket", {"le": "0.1", "of": "x"}, 10.0),
        ("samvad_wait_seconds_bucket", {"le": "+Inf", "of": "x"}, 30.0),
    ]
