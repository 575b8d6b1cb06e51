"""python -m qingfeng.gongwen: the same commands without the platform."""

from qingfeng.gongwen.cli import application

application(prog_name="gongwen")
