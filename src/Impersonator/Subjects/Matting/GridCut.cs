namespace Impersonator.Subjects.Matting;

/// <summary>Minimum cut of a picture's graph: every pixel joined to its eight neighbours, to a source and to a sink.</summary>
/// <remarks>
/// Boykov &amp; Kolmogorov, "An Experimental Comparison of Min-Cut/Max-Flow Algorithms for Energy Minimization in Vision",
/// PAMI 2004, with their time stamps and distances. A border of one closed pixel saves every test for the picture's edge.
/// </remarks>
internal sealed class GridCut
{
    /// <summary>Directions: right, down, down-right, down-left, then their opposites in the same order.</summary>
    public const int Directions = 8;

    private const sbyte None = -1, Terminal = 8, Orphan = 9;
    private readonly int _width, _height, _stride;
    private readonly int[] _offset, _stamp, _distance;
    private readonly float[] _capacity, _terminal;
    private readonly sbyte[] _tree, _parent; // tree: 1 source's, −1 sink's, 0 nobody's
    private readonly bool[] _active;
    private readonly Queue<int> _queue = new();
    private readonly Queue<int> _orphans = new();
    private int _time;

    public GridCut(int width, int height)
    {
        (_width, _height, _stride) = (width, height, width + 2);
        int count = _stride * (height + 2);
        _offset = [1, _stride, _stride + 1, _stride - 1, -1, -_stride, -_stride - 1, 1 - _stride];
        (_stamp, _distance, _capacity, _terminal) = (new int[count], new int[count], new float[count * Directions], new float[count]);
        (_tree, _parent, _active) = (new sbyte[count], new sbyte[count], new bool[count]);
    }

    /// <summary>Adds what a pixel pays for lying on the sink's side, less what it pays for the source's.</summary>
    public void AddTerminal(int x, int y, float towardsSource) => _terminal[Node(x, y)] += towardsSource;

    /// <summary>What a pixel and its neighbour pay for lying on different sides. The neighbour must be inside.</summary>
    public void SetEdge(int x, int y, int direction, float weight) => SetEdge(x, y, direction, weight, weight);

    /// <summary>What they pay if only the neighbour lies on the sink's side, and if only the pixel does.</summary>
    public void SetEdge(int x, int y, int direction, float neighbour, float pixel)
    {
        int node = Node(x, y);
        _capacity[(node * Directions) + direction] = neighbour;
        _capacity[((node + _offset[direction]) * Directions) + (direction ^ 4)] = pixel;
    }

    /// <summary>Cuts; true = the source's side. [H, W] row by row.</summary>
    public bool[] Solve(CancellationToken cancellationToken)
    {
        Begin();
        int steps = 0;
        while (_queue.TryPeek(out int node))
        {
            if ((++steps & 0xFFF) == 0) cancellationToken.ThrowIfCancellationRequested();
            int direction = _tree[node] == 0 ? None : Grow(node);
            if (direction == None)
            {
                _active[node] = false;
                _queue.Dequeue();
                continue;
            }
            _time++;
            if (_tree[node] > 0) Augment(node, direction);
            else Augment(node + _offset[direction], direction ^ 4);
            while (_orphans.TryDequeue(out int orphan)) Adopt(orphan);
        }

        var source = new bool[_width * _height];
        for (int y = 0; y < _height; y++)
            for (int x = 0; x < _width; x++) source[(y * _width) + x] = _tree[Node(x, y)] > 0;
        return source;
    }

    private int Node(int x, int y) => ((y + 1) * _stride) + x + 1;

    private void Begin()
    {
        for (int node = 0; node < _terminal.Length; node++)
        {
            _parent[node] = None;
            if (_terminal[node] == 0) continue;
            _tree[node] = (sbyte)(_terminal[node] > 0 ? 1 : -1);
            (_parent[node], _distance[node]) = (Terminal, 1);
            Activate(node);
        }
    }

    private void Activate(int node)
    {
        if (_active[node]) return;
        _active[node] = true;
        _queue.Enqueue(node);
    }

    // What still fits from a node outwards if it is the source's, from its neighbour to it if it is the sink's.
    private ref float Room(int node, int direction)
        => ref _tree[node] > 0 ? ref _capacity[(node * Directions) + direction] : ref _capacity[((node + _offset[direction]) * Directions) + (direction ^ 4)];

    // Takes free neighbours into the node's tree; the direction in which the other tree was met, or None.
    private int Grow(int node)
    {
        for (int d = 0; d < Directions; d++)
        {
            if (Room(node, d) <= 0) continue;
            int next = node + _offset[d];
            if (_tree[next] == 0)
            {
                _tree[next] = _tree[node];
                SetParent(next, d ^ 4, node);
                Activate(next);
            }
            else if (_tree[next] != _tree[node])
            {
                return d;
            }
            else if (_stamp[next] <= _stamp[node] && _distance[next] > _distance[node])
            {
                SetParent(next, d ^ 4, node);
            }
        }
        return None;
    }

    private void SetParent(int node, int direction, int parent)
        => (_parent[node], _stamp[node], _distance[node]) = ((sbyte)direction, _stamp[parent], _distance[parent] + 1);

    // Pushes as much as fits from the source through a node of its tree and the next one, of the sink's tree, to the sink.
    private void Augment(int node, int direction)
    {
        int next = node + _offset[direction];
        ref float middle = ref _capacity[(node * Directions) + direction];
        float flow = Math.Min(middle, Math.Min(Least(node), Least(next)));
        middle -= flow;
        _capacity[(next * Directions) + (direction ^ 4)] += flow;
        Push(node, flow);
        Push(next, flow);
    }

    private float Least(int node)
    {
        float least = float.PositiveInfinity;
        for (; _parent[node] != Terminal; node += _offset[_parent[node]]) least = Math.Min(least, RoomFromParent(node));
        return Math.Min(least, Math.Abs(_terminal[node]));
    }

    private ref float RoomFromParent(int node)
    {
        int direction = _parent[node];
        return ref _tree[node] > 0 ? ref _capacity[((node + _offset[direction]) * Directions) + (direction ^ 4)] : ref _capacity[(node * Directions) + direction];
    }

    private void Push(int node, float flow)
    {
        while (_parent[node] != Terminal)
        {
            int direction = _parent[node], parent = node + _offset[direction];
            ref float forward = ref RoomFromParent(node);
            ref float back = ref _tree[node] > 0 ? ref _capacity[(node * Directions) + direction] : ref _capacity[(parent * Directions) + (direction ^ 4)];
            forward -= flow;
            back += flow;
            if (forward <= 0) MakeOrphan(node);
            node = parent;
        }
        _terminal[node] -= flow * _tree[node];
        if (_terminal[node] * _tree[node] <= 0) MakeOrphan(node);
    }

    private void MakeOrphan(int node)
    {
        _parent[node] = Orphan;
        _orphans.Enqueue(node);
    }

    // Finds an orphan the parent nearest to its terminal, or sets it free together with its children.
    private void Adopt(int node)
    {
        int best = None, least = int.MaxValue;
        for (int d = 0; d < Directions; d++)
        {
            int parent = node + _offset[d];
            if (_tree[parent] != _tree[node] || RoomTo(node, d) <= 0) continue;
            int distance = DistanceToTerminal(parent);
            if (distance < least) (best, least) = (d, distance);
        }
        if (best != None)
        {
            (_parent[node], _stamp[node], _distance[node]) = ((sbyte)best, _time, least + 1);
            return;
        }
        for (int d = 0; d < Directions; d++)
        {
            int neighbour = node + _offset[d];
            if (_tree[neighbour] != _tree[node]) continue;
            if (RoomTo(node, d) > 0) Activate(neighbour);
            if (_parent[neighbour] == (d ^ 4)) MakeOrphan(neighbour);
        }
        _tree[node] = 0;
        _parent[node] = None;
    }

    private float RoomTo(int node, int direction)
        => _tree[node] > 0 ? _capacity[((node + _offset[direction]) * Directions) + (direction ^ 4)] : _capacity[(node * Directions) + direction];

    // Steps to the terminal, marking the way as checked now; int.MaxValue if the way ends at an orphan.
    private int DistanceToTerminal(int start)
    {
        int steps = 0, node = start;
        while (_stamp[node] != _time && _parent[node] != Terminal)
        {
            if (_parent[node] is Orphan or None) return int.MaxValue;
            node += _offset[_parent[node]];
            steps++;
        }
        int distance = steps + (_stamp[node] == _time ? _distance[node] : 1);
        int left = distance;
        for (node = start; _stamp[node] != _time; node += _offset[_parent[node]], left--)
        {
            (_stamp[node], _distance[node]) = (_time, left);
            if (_parent[node] == Terminal) break;
        }
        return distance;
    }
}
