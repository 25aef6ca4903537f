using System.Numerics;
using Impersonator.Imaging;
using Impersonator.Networks;
using Impersonator.Recovery;

namespace Impersonator.Tests.Recovery;

public class CloseMatteTests
{
    [Fact]
    public void Parts_NarrowPerson_AreThreeOneAboveTheOther()
    {
        PhotoWindow[] parts = CloseMatte.Parts(Look(new Vector2(100, 50), new Vector2(200, 350), 0.5f));
        Assert.Equal(3, parts.Length);
        Assert.All(parts, part => Assert.Equal(150, part.Left + (part.Side / 2), 0.01f));
        Assert.All(parts.Zip(parts.Skip(1)), pair => Assert.InRange(pair.Second.Top, pair.First.Top + 1, pair.First.Top + pair.First.Side - 1));
    }

    [Fact]
    public void Parts_AnyPerson_CoverItWithFourAtMost()
    {
        var random = new Random(4);
        for (int n = 0; n < 40; n++)
        {
            Vector2 low = new(100 * random.NextSingle(), 100 * random.NextSingle()), high = low + new Vector2(20 + (300 * random.NextSingle()), 20 + (300 * random.NextSingle()));
            PhotoWindow[] parts = CloseMatte.Parts(Look(low, high, 0.5f));
            Assert.InRange(parts.Length, 1, 4);
            for (int i = 0; i < 100; i++)
            {
                Vector2 place = Vector2.Lerp(low, high, (i % 10) / 9f) with { Y = float.Lerp(low.Y, high.Y, (i / 10) / 9f) };
                Assert.Contains(parts, part => part.FromPhoto(place) is { X: > 0 and < 1, Y: > 0 and < 1 });
            }
        }
    }

    // A network whose odds are the brightness: what a look at everything could not tell, parts do, and where they say nothing the whole decides.
    [Theory]
    [InlineData(0.5f, 40f, true)]
    [InlineData(0.9f, 0f, true)]
    [InlineData(0.1f, 0f, false)]
    public void Of_PartsAndWhole_AreWeighedByHowSureTheyAre(float whole, float gain, bool personInTheDark)
    {
        using OnnxEngine engine = Brightness(gain);
        var photo = new Photo("halves", new Image(300, 400));
        for (int y = 0; y < 400; y++)
            for (int x = 0; x < 300; x++) photo.Image[x, y] = new Vector4(Vector3.One * (x < 150 ? 1 : 0), 1);

        PersonLook look = Look(new Vector2(100, 50), new Vector2(200, 350), whole), fine = CloseMatte.Of(look, new PhotoPyramid(photo), engine, 32, TestContext.Current.CancellationToken);
        float bright = fine.Maps.MatteAt(fine.Window.FromPhoto(new Vector2(140, 200))), dark = fine.Maps.MatteAt(fine.Window.FromPhoto(new Vector2(160, 200)));
        Assert.Equal(gain > 0 || personInTheDark, bright > 0.5f);
        Assert.Equal(gain <= 0 && personInTheDark, dark > 0.5f);
        Assert.Equal(look.Keypoints, fine.Keypoints);
    }

    // A person as bright as nothing, with a dark patch and a dark stripe: the whole is sure of the patch, and doubts the stripe.
    [Fact]
    public void Of_PartsThatDenyWhatTheWholeSeesAllAround_AreOverruledOnlyThere()
    {
        using OnnxEngine engine = Brightness(40);
        var photo = new Photo("patches", new Image(300, 400));
        for (int y = 0; y < 400; y++)
            for (int x = 0; x < 300; x++) photo.Image[x, y] = new Vector4(Vector3.One * (y is (> 120 and < 150) or (> 250 and < 280) ? 0 : 1), 1);
        PersonLook look = Look(new Vector2(100, 50), new Vector2(200, 350), 0.99f);
        int side = look.Maps.MatteSide;
        for (int i = 0; i < look.Maps.Matte.Length; i++)
            if (look.Window.ToPhoto(new Vector2(0, ((i / side) + 0.5f) / side)).Y is > 255 and < 275) look.Maps.Matte[i] *= 0.7f;
        PersonLook fine = CloseMatte.Of(look, new PhotoPyramid(photo), engine, 32, TestContext.Current.CancellationToken);
        Assert.InRange(fine.Maps.MatteAt(fine.Window.FromPhoto(new Vector2(150, 135))), 0.9f, 1);
        Assert.InRange(fine.Maps.MatteAt(fine.Window.FromPhoto(new Vector2(150, 265))), 0, 0.4f);
    }

    // A part that rather says no without being sure, at the rim of what the whole is sure or unsure of.
    [Theory]
    [InlineData(0.99f, true)]
    [InlineData(0.85f, false)]
    public void Of_PartThatIsUnsure_AsksASureWhole(float whole, bool person)
    {
        using OnnxEngine engine = Brightness(0.8f);
        var photo = new Photo("dark", new Image(300, 400));
        photo.Image.Pixels.AsSpan().Fill(new Vector4(0, 0, 0, 1));
        PersonLook look = Look(new Vector2(100, 50), new Vector2(200, 350), whole), fine = CloseMatte.Of(look, new PhotoPyramid(photo), engine, 32, TestContext.Current.CancellationToken);
        Assert.Equal(person, fine.Maps.MatteAt(fine.Window.FromPhoto(new Vector2(118, 200))) > 0.5f);
    }

    // Two bright stripes: the look at the whole took one for the person and the other not.
    [Fact]
    public void Of_NeighbourThatThePartsSeeToo_IsLeftOut()
    {
        using OnnxEngine engine = Brightness(40);
        var photo = new Photo("stripes", new Image(300, 400));
        for (int y = 0; y < 400; y++)
            for (int x = 0; x < 300; x++) photo.Image[x, y] = new Vector4(Vector3.One * (x is (> 100 and < 140) or (> 170 and < 200) ? 1 : 0), 1);
        PersonLook look = Look(new Vector2(100, 50), new Vector2(200, 350), 0.9f);
        for (int i = 0; i < look.Maps.Matte.Length; i++)
            if (look.Window.ToPhoto(new Vector2(((i % look.Maps.MatteSide) + 0.5f) / look.Maps.MatteSide, 0)).X > 150) look.Maps.Matte[i] = 0.1f;
        PersonLook fine = CloseMatte.Of(look, new PhotoPyramid(photo), engine, 32, TestContext.Current.CancellationToken);
        Assert.InRange(fine.Maps.MatteAt(fine.Window.FromPhoto(new Vector2(120, 200))), 0.9f, 1);
        Assert.InRange(fine.Maps.MatteAt(fine.Window.FromPhoto(new Vector2(185, 200))), 0, 0.3f);
    }

    /// <summary>A network whose odds of the matte are the brightness of each pixel, grey = even.</summary>
    private static OnnxEngine Brightness(float gain)
    {
        var builder = new GraphBuilder("brightness");
        builder.Output("matte", builder.Conv(builder.Input("picture", 3, 32, 32), "gain", 1, kernel: 1));
        Graph graph = builder.Build();
        var weights = Weights.Initialise(graph, 1);
        foreach (Parameter parameter in graph.Parameters)
        {
            var values = new float[parameter.Count];
            if (parameter.Count == 3) Array.Fill(values, gain);
            weights.Set(parameter.Name, parameter.Shape, values);
        }
        return new OnnxEngine(graph, weights);
    }

    /// <summary>At a person whose keypoints span a box, and whose matte says the same everywhere in it.</summary>
    private static PersonLook Look(Vector2 low, Vector2 high, float alpha)
    {
        PhotoWindow window = PhotoWindow.Around(low, high, 1.3f);
        const int Side = 32;
        var cells = new float[Side * Side];
        for (int i = 0; i < cells.Length; i++)
        {
            Vector2 place = window.ToPhoto(new Vector2((i % Side) + 0.5f, (i / Side) + 0.5f) / Side);
            cells[i] = place.X > low.X && place.Y > low.Y && place.X < high.X && place.Y < high.Y ? alpha : 0;
        }
        LookedKeypoint[] keypoints = [.. Enumerable.Range(0, 33).Select(k => new LookedKeypoint(Vector2.Lerp(low, high, (k & 1) == 0 ? 0 : 1), 1, 1, 1))];
        return new PersonLook(window, [.. keypoints], new PersonMaps(Side, cells, 1, new float[15], new float[3], new float[1]));
    }
}
