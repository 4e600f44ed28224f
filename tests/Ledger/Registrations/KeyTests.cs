namespace FundingFlows.Ledger.Tests;

/// <summary>Each key of a body counts for a stretch of its journal.</summary>
public sealed class KeyTests
{
    private readonly Stage stage = new();

    [Fact]
    public void Keys_OfABody_SignFromTheEntryOnThatAdoptedThem()
    {
        var second = stage.Council.Do(new AdoptKey(Write.Key("second"), Write.Key("E06000001"))).Index;
        var third = stage.Council.Do(new AdoptKey(Write.Key("third"), Write.Key("second"))).Index;

        var keys = stage.Council.Books.Keys;
        Assert.Equal([Write.Key("E06000001"), Write.Key("second"), Write.Key("third")], keys.Select(key => key.PublicKey));
        foreach (var (size, key) in new[] { (1, "E06000001"), (second, "E06000001"), (second + 1, "second"), (third, "second"), (third + 1, "third"), (third + 100, "third") })
            Assert.Equal(Write.Key(key), AdoptedKey.At(keys, size)!.Value.PublicKey);
        Assert.Equal(Dump.Of(stage.Council.Books), Dump.Of(Replay.Of(stage.Council)));
    }

    [Fact]
    public void Keys_ThatWereRecorded_AreCorrectedByAnEarlierOne()
    {
        stage.Council.Do(RegisterBodyRefusalTests.Registering("forum-2"));
        stage.Council.Do(new RotateKey("forum-2", Write.Key("a"), 5));
        stage.Council.Do(new RotateKey("forum-2", Write.Key("b"), 50_000));
        stage.Council.Do(new RotateKey("forum-2", Write.Key("b"), 9));

        Assert.Equal([(5ul, Write.Key("a")), (9ul, Write.Key("b"))], stage.Council.Books.Registrations["forum-2"].Keys.Select(key => (key.FromIndex, key.PublicKey)));
        Assert.Equal(Dump.Of(stage.Council.Books), Dump.Of(Replay.Of(stage.Council)));
    }

    [Fact]
    public void Key_OnceRotatedIn_CannotBeAnotherBodys()
    {
        stage.Council.Do(RegisterBodyRefusalTests.Registering("forum-2"));
        stage.Council.Do(new RotateKey("forum-2", Write.Key("second"), 5));

        Refused.MustBe(RegisterBodyRefusal.KeyInUse, stage.Council.Decide(RegisterBodyRefusalTests.Registering("forum-3", "second")));
    }
}
