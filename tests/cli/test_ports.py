"""Ports as words: what can be none is refused before anything is started."""

import argparse

import pytest

from cli import up
from cli.failure import CommandFailure
from cli.ports import port_number, require_two_ports
from data_access.settings import read_settings
from tests.cli.commands import run


@pytest.mark.parametrize("word", ["0", "65536", "-1", "abc", "8501.0", "", "٨٥٠١"])
def test_what_can_be_no_port_is_refused_by_its_name(word: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="from 1 to 65535"):
        port_number(word)


@pytest.mark.parametrize(("word", "port"), [("1", 1), ("8501", 8501), ("65535", 65535)])
def test_a_port_is_read(word: str, port: int) -> None:
    assert port_number(word) == port


def test_wrong_words_exit_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(up, read_settings({}), "--port", "99999")
    assert ended.value.code == 2
    assert "'99999' is no port" in capsys.readouterr().err


def test_the_screens_and_the_worker_need_a_port_each() -> None:
    require_two_ports(8501, 8601)
    with pytest.raises(CommandFailure, match="--port and --worker-port are both 8501"):
        require_two_ports(8501, 8501)
