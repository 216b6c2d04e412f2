"""The largest flow through a small network, along shortest paths."""

from __future__ import annotations

from itertools import pairwise

Node = object
Links = dict[Node, dict[Node, int]]


def add_link(links: Links, start: Node, end: Node, size: int) -> None:
    """A link with room for ``size``; a link that is there already keeps the new size."""
    links.setdefault(start, {})[end] = size
    links.setdefault(end, {}).setdefault(start, 0)


def largest_flow(links: Links, source: Node = "source", sink: Node = "sink", wanted: int | None = None) -> int:
    """The largest flow (or ``wanted`` where that much can flow); ``links`` hold what room is left afterwards."""
    flow = 0
    while wanted is None or flow < wanted:
        path = shortest_path(links, source, sink)
        if path is None:
            break
        room = min(links[start][end] for start, end in pairwise(path))
        for start, end in pairwise(path):
            links[start][end] -= room
            links[end][start] += room
        flow += room
    return flow


def shortest_path(links: Links, source: Node, sink: Node) -> list[Node] | None:
    """The shortest path with room, or None."""
    came: dict[Node, Node] = {source: None}
    queue: list[Node] = [source]
    for node in queue:
        for end, room in links[node].items():
            if room > 0 and end not in came:
                came[end] = node
                if end == sink:
                    return traced(came, source, sink)
                queue.append(end)
    return None


def traced(came: dict[Node, Node], source: Node, sink: Node) -> list[Node]:
    """The path that ends at ``sink``, from its start."""
    path = [sink]
    while path[-1] != source:
        path.append(came[path[-1]])
    return path[::-1]
