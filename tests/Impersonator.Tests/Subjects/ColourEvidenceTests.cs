using System.Numerics;
using Impersonator.Imaging;
using Impersonator.Subjects.Matting;

namespace Impersonator.Tests.Subjects;

public class ColourEvidenceTests
{
    // A red person on green. In it the network sees two holes: one is red as well, through the other the green shows.
    [Fact]
    public void Add_HolesOfThePersonsColour_AreFilledAndOthersStay()
    {
        (Image photo, Matte seen) = RedOnGreen();
        for (int y = 60; y < 90; y++)
            for (int x = 85; x < 115; x++)
            {
                (seen[x, y], seen[x, y + 60]) = (0.1f, 0.1f);
                photo[x, y + 60] = new Vector4(0.05f, 0.5f, 0.05f, 1);
            }
        Matte matte = ColourEvidence.Add(photo, seen);
        Assert.InRange(matte[100, 75], 0.9f, 1);
        Assert.InRange(matte[100, 135], 0, 0.2f);
    }

    [Fact]
    public void Add_AreaOfDoubt_FollowsTheColours()
    {
        (Image photo, Matte seen) = RedOnGreen();
        for (int y = 150; y < 200; y++)
            for (int x = 40; x < 160; x++) seen[x, y] = 0.5f;
        Matte matte = ColourEvidence.Add(photo, seen);
        Assert.InRange(matte[100, 175], 0.7f, 1);
        Assert.InRange(matte[50, 175], 0, 0.3f);
    }

    [Fact]
    public void Add_SureNetworkWithSharpEdge_StaysAsItIs()
    {
        (Image photo, Matte seen) = RedOnGreen();
        Assert.Equal(seen.Values, ColourEvidence.Add(photo, seen).Values);
    }

    [Fact]
    public void Add_NothingSure_StaysAsItIs()
    {
        (Image photo, Matte seen) = RedOnGreen();
        Array.Fill(seen.Values, 0.5f);
        Assert.Equal(seen.Values, ColourEvidence.Add(photo, seen).Values);
    }

    private static (Image Photo, Matte Seen) RedOnGreen()
    {
        var photo = new Image(200, 240);
        var seen = new Matte(200, 240);
        for (int y = 0; y < 240; y++)
            for (int x = 0; x < 200; x++)
            {
                bool person = x is >= 70 and < 130 && y is >= 30 and < 210;
                photo[x, y] = person ? new Vector4(0.6f, 0.05f, 0.05f, 1) : new Vector4(0.05f, 0.5f, 0.05f, 1);
                seen[x, y] = person ? 1 : 0;
            }
        return (photo, seen);
    }
}
