"""Least squares that are known otherwise."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection_worker.least_squares import Floats, solve

AT = np.linspace(0, 4, 30)


@given(st.floats(-50, 50), st.floats(-20, 20), st.integers(0, 99))
def test_a_straight_line_is_that_of_linear_regression(
    start: float, slope: float, seed: int
) -> None:
    seen = start + slope * AT + np.random.default_rng(seed).normal(0, 0.5, len(AT))

    def residuals(tries: Floats) -> Floats:
        return tries[:, :1] + tries[:, 1:] * AT - seen

    found = solve(residuals, np.zeros(2), np.full(2, 1e-4))
    expected = np.polyfit(AT, seen, 1)[::-1]
    assert found.unknowns == pytest.approx(expected, abs=1e-2)


@given(st.floats(0.2, 3.0), st.floats(0.5, 5.0))
def test_a_curve_is_found_from_afar(rate: float, height: float) -> None:
    seen = height * np.exp(-rate * AT)

    def residuals(tries: Floats) -> Floats:
        return tries[:, :1] * np.exp(-np.clip(tries[:, 1:], -5, 50) * AT) - seen

    found = solve(residuals, np.array([1.0, 1.0]), np.full(2, 1e-5))
    assert found.unknowns == pytest.approx([height, rate], rel=0.02)


def test_the_covariance_of_a_mean_is_one_by_the_number() -> None:
    found = solve(lambda tries: tries - AT, np.zeros(1), np.array([1e-3]))
    assert found.covariance[0, 0] == pytest.approx(1 / len(AT), rel=1e-3)
    assert found.cost == pytest.approx(float(((AT - AT.mean()) ** 2).sum()), rel=1e-3)
