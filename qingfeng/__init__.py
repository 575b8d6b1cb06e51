"""Qingfeng 清风: a district's special campaign against micro-corruption, from its plan to its last closed-out problem."""
