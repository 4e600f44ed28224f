namespace FundingFlows.Verifier.Tests;

/// <summary>Whose key signed: given, vouched for in a chain, or a journal's own.</summary>
public sealed class KeyTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly MadeJournal root = new("root");
    private readonly MadeJournal council = new("council", "root");
    private readonly MadeJournal forum = new("forum", "council");

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

    private Task<Run> VerifyAsync(params string[] more)
    {
        root.SaveTo(folder["all/root/1"]);
        council.SaveTo(folder["all/council/1"]);
        forum.SaveTo(folder["all/forum/1"]);
        return Run.VerifyAsync(["journal", folder["all"], .. more]);
    }
}
