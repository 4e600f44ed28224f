namespace FundingFlows.Verifier.Tests;

/// <summary>Whose key signed: given, vouched for in a chain, or a journal's own.</summary>
public sealed class KeyTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly MadeJournal root = new("root");
    private readonly MadeJournal council = new("council", "root");
    private readonly MadeJournal forum = new("forum", "council", Tier.NeighbourhoodForum);

    public KeyTests()
    {
        root.Registers(council);
        council.Registers(forum);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Chain_FromAGivenKey_IsSaidAndHolds()
    {
        var run = await VerifyAsync("--key", $"{root.Key}");

        run.Holds();
        Assert.Contains("root/1: holds. 2 entries, signed with the key that was given.", run.Output, StringComparison.Ordinal);
        Assert.Contains("council/1: holds. 2 entries, signed with the key that root vouches for (root/1, entry 1).", run.Output, StringComparison.Ordinal);
        Assert.Contains("forum/1: holds. 1 entry, signed with the key that council vouches for (council/1, entry 1).", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("3 journals hold: 5 entries.", run.Output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_OnRequest_AreShown()
    {
        forum.AdoptsKey();
        council.Records(forum);

        Assert.Contains($"(council/1, entry 1). Key: {forum.Key}\n", (await VerifyAsync("--show-keys")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chain_WithoutAGivenKey_SaysThatItEndsInTheJournalItself()
    {
        var run = await VerifyAsync();

        run.Holds();
        Assert.Contains("root/1: holds. 2 entries, signed with the key that its own genesis gives: whose it is must be known from elsewhere (--key).", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Journal_WithoutItsRegistrar_SaysThatItVouchesForItself()
    {
        var journal = forum.SaveTo(folder["forum/1"]);
        var run = await Run.VerifyAsync("journal", journal);
        run.Holds();
        Assert.Contains("the journal of council, which registered it, is not among those", run.Output, StringComparison.Ordinal);

        (await Run.VerifyAsync("journal", journal, "--key", $"{root.Key}")).Finds("forum/1: No chain of registrations leads from the key that was given");
        (await Run.VerifyAsync("journal", journal, "--key", $"{forum.Key}")).Holds();
    }

    [Fact]
    public async Task Key_ThatIsAnother_IsFound()
    {
        var other = VerifierKey.Of(root.Origin, BodyKey.Generate().PublicKey);

        (await VerifyAsync("--key", $"{other}")).Finds("root/1: checkpoint is altered or signed by somebody else: its signature is not of the key that was given.");
    }

    [Fact]
    public async Task Key_OfAJournalThatIsNotThere_IsSaid()
    {
        var elsewhere = new MadeJournal("elsewhere");

        (await VerifyAsync("--key", $"{elsewhere.Key}")).Finds("The key of test-federation/elsewhere/1 was given, and its journal is not among these.");
    }

    [Fact]
    public async Task Journal_OfAnImpostor_IsFound()
    {
        var impostor = new MadeJournal("council", "root");
        root.SaveTo(folder["all/root/1"]);
        impostor.SaveTo(folder["all/council/1"]);

        (await Run.VerifyAsync("journal", folder["all"])).Finds("council/1: The journal says that another key signs it than the key that root vouches for (root/1, entry 1).");
    }

    [Fact]
    public async Task Registration_ByAnyOther_CountsForNothing()
    {
        var stranger = new MadeJournal("stranger", "council");
        root.Registers(stranger);
        stranger.SaveTo(folder["all/stranger/1"]);

        (await VerifyAsync("--key", $"{root.Key}")).Finds("stranger/1: No chain of registrations leads");
    }

    [Fact]
    public async Task Registrar_WhoseJournalDoesNotHold_VouchesForNobody()
    {
        council.Add(null);

        (await VerifyAsync("--key", $"{root.Key}")).Finds("forum/1: No chain of registrations leads");
    }

    [Fact]
    public async Task NewKey_ThatTheRegistrarRecorded_Signs()
    {
        forum.AdoptsKey();
        council.Records(forum);
        forum.Registers(council);

        (await VerifyAsync("--key", $"{root.Key}")).Holds();
    }

    [Fact]
    public async Task NewKey_ThatNobodyRecorded_IsFound()
    {
        forum.AdoptsKey();

        (await VerifyAsync()).Finds("forum/1: The journal says that another key signs it than the key that council vouches for");
    }

    [Fact]
    public async Task OldKey_BehindTheEntryThatReplacedIt_SignsNoMore()
    {
        var old = forum.Signer;
        forum.AdoptsKey();
        council.Records(forum);
        forum.Signer = old;

        (await VerifyAsync()).Finds("forum/1: checkpoint is altered or signed by somebody else");
    }

    [Fact]
    public async Task Registrars_ThatVouchForOneAnother_AreNoChain()
    {
        var one = new MadeJournal("one", "two");
        var two = new MadeJournal("two", "one");
        one.Registers(two);
        two.Registers(one);
        one.SaveTo(folder["all/one/1"]);
        two.SaveTo(folder["all/two/1"]);

        (await VerifyAsync("--key", $"{root.Key}")).Finds("one/1: No chain of registrations leads");
    }

    /// <summary>A forum whose key was stolen has registered a council, of which somebody has made a whole journal.</summary>
    [Fact]
    public async Task Registrar_OfALowerTier_VouchesForNobodyAbove()
    {
        var forged = new MadeJournal("other", "forum");
        forum.Registers(forged);
        forged.SaveTo(folder["all/other/1"]);

        (await VerifyAsync("--key", $"{root.Key}")).Finds("other/1: forum cannot vouch for it (forum/1, entry 1)");
        (await VerifyAsync()).Finds("other/1: forum cannot vouch for it (forum/1, entry 1)");
    }

    [Fact]
    public async Task Registrar_OfTheSameTier_VouchesForNobody()
    {
        var forged = new MadeJournal("other", "council");
        council.Registers(forged);
        forged.SaveTo(folder["all/other/1"]);

        (await VerifyAsync("--key", $"{root.Key}")).Finds("other/1: council cannot vouch for it (council/1, entry 2)");
    }

    [Fact]
    public async Task Body_OfAnotherTierThanItWasRegisteredWith_IsFound()
    {
        var higher = new MadeJournal("other", "council", Tier.CombinedAuthority);
        council.Registers(new Registered("other", higher.Signer.PublicKey, Tier.NeighbourhoodForum));
        higher.SaveTo(folder["all/other/1"]);

        (await VerifyAsync("--key", $"{root.Key}")).Finds("other/1: council cannot vouch for it (council/1, entry 2)");
    }

    /// <summary>Of two that may vouch for a body, only one has registered it: the other lies.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Body_ThatAnotherHasRegisteredWithAnotherKey_IsFound(bool withKey)
    {
        var thief = new MadeJournal("thief", "root", Tier.CombinedAuthority);
        var forged = new MadeJournal("council", "thief");
        root.Registers(thief);
        thief.Registers(forged);
        root.SaveTo(folder["forged/root/1"]);
        thief.SaveTo(folder["forged/thief/1"]);
        forged.SaveTo(folder["forged/council/1"]);

        (await Run.VerifyAsync(["journal", folder["forged"], .. withKey ? new[] { "--key", $"{root.Key}" } : []]))
            .Finds("council/1: root has registered council with another key than this journal began with (root/1, entry 1).");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Keys_OfOneJournal_CountEach(bool newestFirst)
    {
        var old = root.Key;
        root.AdoptsKey();
        string[] keys = newestFirst ? [$"{root.Key}", $"{old}"] : [$"{old}", $"{root.Key}"];

        var run = await VerifyAsync("--key", keys[0], "--key", keys[1], "--show-keys");

        run.Holds();
        Assert.Contains($"root/1: holds. 3 entries, signed with the key that was given. Key: {root.Key}\n", run.Output, StringComparison.Ordinal);
        (await Run.VerifyAsync("prove", folder["all/root/1"], "1", "--out", folder["proof"])).Holds();
        (await Run.VerifyAsync("proof", folder["proof"], "--key", keys[0], "--key", keys[1])).Holds();
        (await Run.VerifyAsync("proof", folder["proof"], "--key", $"{old}")).Finds("the checkpoint is not signed with the key of test-federation/root/1");
    }

    private Task<Run> VerifyAsync(params string[] more)
    {
        root.SaveTo(folder["all/root/1"]);
        council.SaveTo(folder["all/council/1"]);
        forum.SaveTo(folder["all/forum/1"]);
        return Run.VerifyAsync(["journal", folder["all"], .. more]);
    }
}
