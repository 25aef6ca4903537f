using System.Numerics;

namespace Impersonator.Training.Synthesis;

/// <summary>What stands behind the person: a photo, a plain room, a gradient or noise; linear light.</summary>
internal sealed class Backdrop(PeoplePack pack, Dice dice)
{
    private Vector3[] _coarse = [];

    /// <summary>The panorama shown last, and how it was turned; null where something else was painted.</summary>
    public Panorama? Place { get; private set; }

    /// <inheritdoc cref="Place"/>
    public float PlaceTurn { get; private set; }

    /// <summary>Paints one of many sorts of places.</summary>
    public void Paint(Vector3[] target, int size, View view, float ground)
    {
        float what = dice.Unit();
        Place = null;
        bool soft = true;
        if (pack.Panoramas.Count > 0 && dice.Chance(0.2f)) Around(target, size, view, ground);
        else if (pack.Backdrops.Count > 0 && what < 0.64f) Photo(target, size);
        else
        {
            soft = false;
            if (what < 0.84f) Studio(target, size, view, ground);
            else if (what < 0.95f) Room(target, size, view, ground);
            else Gradient(target, size);
        }
        if (!soft) return;
        // Most pictures of places are softer than people are; a network must not learn that sharp means person.
        if (pack.Fabrics.Count > 0 && dice.Chance(0.3f)) Grain(target, size);
        if (dice.Chance(0.25f)) Litter(target, size);
        if (dice.Chance(0.2f)) Clutter(target, size);
    }

    /// <summary>A fine pattern over everything, in the picture's own colours.</summary>
    private void Grain(Vector3[] target, int size)
    {
        PackTexture texture = dice.Pick(pack.Fabrics);
        float scale = dice.Range(0.8f, 3) / size, strength = dice.Range(0.15f, 0.6f), from = dice.Chance(0.5f) ? 0 : size * dice.Range(0.3f, 0.7f), lean = dice.Range(0.5f, 2);
        Vector3 mean = Vector3.Max(texture.Mean, new Vector3(0.1f));
        for (int y = (int)from; y < size; y++)
            for (int x = 0; x < size; x++)
            {
                Vector3 c = Vector3.Lerp(Vector3.One, texture.Colour(x * scale, y * scale * lean, 0) / mean, strength);
                target[(y * size) + x] *= c * c;
            }
    }

    /// <summary>Many small sharp shapes in colours that the picture has: leaves, pebbles, things on shelves.</summary>
    private void Litter(Vector3[] target, int size)
    {
        int count = 30 + dice.Below(400);
        float least = dice.Range(0.6f, 3), most = least + dice.Range(0.5f, 0.04f * size), top = dice.Range(-0.3f, 0.7f) * size, bottom = dice.Chance(0.6f) ? size : dice.Range(0.6f, 1.2f) * size;
        bool round = dice.Chance(0.6f);
        float likely = dice.Range(0, MathF.PI), spread = dice.Range(0.05f, 1.6f), slim = dice.Range(0.15f, 1);
        for (int n = 0; n < count; n++)
        {
            float cx = dice.Range(0, size), cy = dice.Range(MathF.Max(0, top), MathF.Max(top + 1, bottom)), a = dice.Range(least, most), b = MathF.Max(0.6f, a * slim * dice.Range(0.6f, 1.4f));
            float angle = likely + dice.Normal(spread), cos = MathF.Cos(angle), sin = MathF.Sin(angle);
            Vector3 colour = target[(dice.Below(size) * size) + dice.Below(size)] * dice.Range(0.3f, 1.9f);
            for (int y = Math.Max(0, (int)(cy - a - 1)); y <= Math.Min(size - 1, (int)(cy + a + 1)); y++)
                for (int x = Math.Max(0, (int)(cx - a - 1)); x <= Math.Min(size - 1, (int)(cx + a + 1)); x++)
                {
                    float u = (((x - cx) * cos) + ((y - cy) * sin)) / a, v = (((y - cy) * cos) - ((x - cx) * sin)) / b;
                    float inside = round ? 1 - MathF.Sqrt((u * u) + (v * v)) : 1 - MathF.Max(MathF.Abs(u), MathF.Abs(v));
                    float cover = Math.Clamp((inside * b) + 0.5f, 0, 1);
                    if (cover > 0) target[(y * size) + x] = Vector3.Lerp(target[(y * size) + x], colour, cover);
                }
        }
    }

    private PackTexture AnyPicture() => pack.Fabrics.Count > 0 && (pack.Backdrops.Count == 0 || dice.Chance(0.7f)) ? dice.Pick(pack.Fabrics) : dice.Pick(pack.Backdrops);

    private void Photo(Vector3[] target, int size)
    {
        var picture = dice.Pick(pack.Backdrops);
        int blur = dice.Chance(0.65f) ? 0 : 1 + dice.Below(3);
        var full = picture.Levels[0];
        float crop = MathF.Min(full.Width, full.Height) * dice.Range(0.5f, 1), left = dice.Range(0, full.Width - crop), top = dice.Range(0, full.Height - crop);
        bool flip = dice.Chance(0.5f);
        var gain = new Vector3(dice.Range(0.6f, 1.25f)) + dice.NormalVector(0.06f);
        int level = Math.Clamp((int)MathF.Round(MathF.Log2(MathF.Max(1, crop / size))) + blur, 0, picture.Levels.Length - 1);
        var (width, height, pixels) = picture.Levels[level];
        float stepX = crop / size * width / full.Width, stepY = crop / size * height / full.Height;
        for (int y = 0; y < size; y++)
        {
            float v = float.ClampNative(top * height / full.Height + y * stepY, 0, height - 1.001f);
            int row = (int)v * width;
            float fy = v - (int)v;
            for (int x = 0; x < size; x++)
            {
                float u = float.ClampNative(left * width / full.Width + (flip ? size - 1 - x : x) * stepX, 0, width - 1.001f);
                int column = float.ConvertToIntegerNative<int>(u), at = row + column;
                var c = PackTexture.Between(pixels[at], pixels[at + 1], pixels[at + width], pixels[at + width + 1], u - column, fy) * gain;
                target[y * size + x] = c * c;
            }
        }
    }

    /// <summary>Slanted pieces of other pictures: furniture, doors and posters of a sort.</summary>
    private void Clutter(Vector3[] target, int size)
    {
        for (int n = 1 + dice.Below(6); n > 0; n--)
        {
            var picture = dice.Chance(0.75f) ? dice.Pick(pack.Backdrops) : AnyPicture();
            int level = dice.Below(3);
            float angle = dice.Chance(0.7f) ? dice.Normal(0.05f) : dice.Range(0, 3), cos = MathF.Cos(angle), sin = MathF.Sin(angle);
            float width = size * dice.Range(0.03f, 0.25f), height = size * dice.Range(0.03f, 0.4f), cx = dice.Range(0, size), cy = dice.Range(0.2f * size, size);
            float scale = dice.Range(0.3f, 1) / MathF.Max(width, height), gain = dice.Range(0.4f, 1.2f);
            float reach = width + height;
            for (int y = Math.Max(0, (int)(cy - reach)); y < Math.Min(size, cy + reach); y++)
                for (int x = Math.Max(0, (int)(cx - reach)); x < Math.Min(size, cx + reach); x++)
                {
                    float u = (x - cx) * cos + (y - cy) * sin, v = (y - cy) * cos - (x - cx) * sin;
                    float a = Math.Clamp(MathF.Min(width - MathF.Abs(u), height - MathF.Abs(v)) + 0.5f, 0, 1);
                    if (a == 0) continue;
                    var c = picture.Colour(u * scale, v * scale, level) * gain;
                    target[y * size + x] = Vector3.Lerp(target[y * size + x], c * c, a);
                }
        }
    }

    private void Gradient(Vector3[] target, int size)
    {
        Vector3 Any() => dice.Chance(0.4f) ? new Vector3(dice.Unit()) : dice.Colour(0, 0.8f, 0.05f, 1);
        Vector3 a = Any(), b = Any(), c = dice.Chance(0.5f) ? a : Any();
        float noise = dice.Chance(0.2f) ? dice.Range(0.02f, 0.2f) : 0.004f;
        for (int y = 0; y < size; y++)
            for (int x = 0; x < size; x++)
            {
                float u = x / (float)size, v = y / (float)size;
                var colour = Vector3.Lerp(Vector3.Lerp(a, b, v), c, u) + new Vector3((dice.Unit() - 0.5f) * noise);
                colour = Vector3.Max(colour, Vector3.Zero);
                target[y * size + x] = colour * colour;
            }
    }

    /// <summary>A panorama on a dome round the person, its lower part laid flat on the ground, so that feet stand on it.</summary>
    private void Around(Vector3[] target, int size, View view, float ground)
    {
        Place = dice.Pick(pack.Panoramas);
        PlaceTurn = dice.Range(0, 2 * MathF.PI);
        var (cos, sin) = (MathF.Cos(PlaceTurn), MathF.Sin(PlaceTurn));
        var eye = view.Position;
        var (first, right, down) = view.Rays();
        float lens = dice.Range(1.2f, 2), gain = dice.Range(0.8f, 1.2f);
        var centre = new Vector3(dice.Normal(0.5f), ground + lens, dice.Normal(0.5f));
        var off = eye - centre;
        float radius = MathF.Max(dice.Range(5, 12), off.Length() + 1);
        int half = size / 2;
        if (_coarse.Length < half * half) _coarse = new Vector3[half * half];
        for (int y = 0; y < half; y++)
            for (int x = 0; x < half; x++)
            {
                var ray = first + (2 * x + 0.5f) * right + (2 * y + 0.5f) * down;
                float b = Vector3.Dot(off, ray), a = ray.LengthSquared(), t = (-b + MathF.Sqrt(MathF.Max(0, b * b - a * (off.LengthSquared() - radius * radius)))) / a;
                if (ray.Y < -1e-3f && eye.Y > ground) t = MathF.Min(t, (ground - eye.Y) / ray.Y);
                ray = off + ray * t;
                var c = Place.Look(new Vector3(ray.X * cos + ray.Z * sin, ray.Y, ray.Z * cos - ray.X * sin), 0) * gain;
                _coarse[y * half + x] = c * c;
            }
        Enlarge(target, size);
    }

    /// <summary>A photo studio's seamless paper: a plain tone that bends from floor to wall, brighter in the middle.</summary>
    private void Studio(Vector3[] target, int size, View view, float ground)
    {
        float kind = dice.Unit();
        var tone = kind < 0.35f ? new Vector3(dice.Range(0.82f, 1)) : kind < 0.6f ? new Vector3(dice.Range(0.1f, 0.8f)) + dice.NormalVector(0.02f) : dice.Colour(0.05f, 0.9f, 0.3f, 1);
        var floor = tone * dice.Range(0.75f, 1.1f);
        float vignette = dice.Range(0, 0.5f), centreX = dice.Range(0.3f, 0.7f), centreY = dice.Range(0.2f, 0.6f), depth = dice.Range(1, 4);
        var eye = view.Position;
        var (first, right, down) = view.Rays();
        for (int y = 0; y < size; y++)
            for (int x = 0; x < size; x++)
            {
                var ray = first + x * right + y * down;
                float onFloor = 0;
                if (ray.Y < -1e-3f)
                {
                    var place = eye + ray * ((ground - eye.Y) / ray.Y);
                    float behindPerson = Vector3.Dot(place, new Vector3(ray.X, 0, ray.Z)) / MathF.Sqrt(ray.X * ray.X + ray.Z * ray.Z + 1e-6f);
                    onFloor = Math.Clamp((depth - behindPerson) / 1.2f, 0, 1);
                }
                float u = x / (float)size - centreX, v = y / (float)size - centreY;
                var colour = Vector3.Lerp(tone, floor, onFloor) * (1 - vignette * (u * u + v * v));
                target[y * size + x] = colour * colour;
            }
    }

    /// <summary>The inside of a box seen by the person's own camera, at half size.</summary>
    private void Room(Vector3[] target, int size, View view, float ground)
    {
        int half = size / 2;
        if (_coarse.Length < half * half) _coarse = new Vector3[half * half];
        var eye = view.Position;
        var (first, right, down) = view.Rays();
        bool outdoors = dice.Chance(0.4f);
        float reach = outdoors ? 40 : dice.Range(0.8f, 4);
        var low = new Vector3(MathF.Min(eye.X, 0) - dice.Range(0.8f, 4), MathF.Min(ground, eye.Y - 0.2f), MathF.Min(eye.Z, 0) - reach);
        var high = new Vector3(MathF.Max(eye.X, 0) + dice.Range(0.8f, 4), MathF.Max(ground + 2.5f, eye.Y + 0.3f), MathF.Max(eye.Z, 0) + reach);
        if (outdoors) (low.X, high.X) = (-40, 40);
        var turn = dice.Range(0, 0.8f);
        var (cos, sin) = (MathF.Cos(turn), MathF.Sin(turn));
        Vector3 Turned(Vector3 p) => new(p.X * cos + p.Z * sin, p.Y, p.Z * cos - p.X * sin);
        var start = Turned(eye);
        start = Vector3.Clamp(start, low + new Vector3(0.1f), high - new Vector3(0.1f));
        (PackTexture? Picture, Vector3 Colour, float Scale) Surface() => pack.Fabrics.Count + pack.Backdrops.Count > 0 && dice.Chance(0.7f)
            ? (AnyPicture(), new Vector3(dice.Range(0.6f, 1.1f)), dice.Range(0.3f, 1.2f)) : (null, dice.Chance(0.5f) ? new Vector3(dice.Range(0.3f, 0.95f)) : dice.Colour(0.05f, 0.6f, 0.2f, 0.95f), 1);
        var wall = Surface();
        var surfaces = new[] { dice.Chance(0.6f) ? wall : Surface(), outdoors ? (null, Dice.FromHsv(0.58f, dice.Range(0, 0.5f), dice.Range(0.7f, 1)), 1) : (null, new Vector3(dice.Range(0.6f, 1)), 1), wall, Surface() };
        for (int y = 0; y < half; y++)
            for (int x = 0; x < half; x++)
            {
                var ray = Turned(first + (2 * x + 0.5f) * right + (2 * y + 0.5f) * down);
                float tx = (ray.X > 0 ? high.X - start.X : low.X - start.X) / (MathF.Abs(ray.X) < 1e-5f ? 1e-5f : ray.X);
                float ty = (ray.Y > 0 ? high.Y - start.Y : low.Y - start.Y) / (MathF.Abs(ray.Y) < 1e-5f ? 1e-5f : ray.Y);
                float tz = (ray.Z > 0 ? high.Z - start.Z : low.Z - start.Z) / (MathF.Abs(ray.Z) < 1e-5f ? 1e-5f : ray.Z);
                float t = MathF.Min(tx, MathF.Min(ty, tz));
                var p = start + ray * t;
                int face = t == ty ? (ray.Y > 0 ? 1 : 3) : t == tx ? 0 : 2;
                var (picture, colour, scale) = surfaces[outdoors && face is 0 or 2 && p.Y > ground + 6 ? 1 : face];
                float u = face is 1 or 3 ? p.X : face == 0 ? p.Z : p.X, v = face is 1 or 3 ? p.Z : p.Y;
                if (picture != null) colour *= picture.Colour(u * scale, -v * scale, 1 + (int)MathF.Log2(MathF.Max(1, t * picture.Levels[0].Width * scale / view.Focal)));
                float shade = 1 - 0.35f * MathF.Min(1, MathF.Max(0, 0.4f - MathF.Min(p.Y - low.Y, MathF.Min(MathF.Abs(p.X - low.X), MathF.Abs(p.Z - low.Z)))) * (face == 3 ? 0.6f : 1));
                _coarse[y * half + x] = colour * colour * shade * (face == 0 ? 0.85f : 1);
            }
        Enlarge(target, size);
    }

    private void Enlarge(Vector3[] target, int size)
    {
        int half = size / 2;
        for (int y = 0; y < size; y++)
            for (int x = 0; x < size; x++)
            {
                float fx = float.ClampNative(x * 0.5f - 0.25f, 0, half - 1.001f), fy = float.ClampNative(y * 0.5f - 0.25f, 0, half - 1.001f);
                int ix = float.ConvertToIntegerNative<int>(fx), iy = float.ConvertToIntegerNative<int>(fy), at = iy * half + ix;
                fx -= ix; fy -= iy;
                target[y * size + x] = Vector3.Lerp(Vector3.Lerp(_coarse[at], _coarse[at + 1], fx), Vector3.Lerp(_coarse[at + half], _coarse[at + half + 1], fx), fy);
            }
    }
}
