using FundingFlows.Contracts.Audit.V1;
using FundingFlows.Contracts.Registry.V1;
using FundingFlows.Support;
using FundingFlows.Tiers;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Verifier.Tests;

/// <summary>A new epoch of a body's journal keeps entries that are not on the body's own disk: the auditor has them.</summary>
public sealed class LostEpochTests : IAsyncLifetime
{
    private const string Led = "neighbourhood-led";
    private readonly List<string> awards = [];
    private TestFederation federation = null!;

    public async ValueTask InitializeAsync()
    {
        federation = await TestFederation.StartAsync();
        await Officers.AgreeAsync(Central, Hartlepool);
        await Officers.OpenFundAsync();
        await Officers.IssueAsync(100_000_00);
        await federation.StopAsync(CouncilB);
    }

    public async ValueTask DisposeAsync() => await federation.DisposeAsync();

    private Officers Officers => federation.Officers;

    private BodyHost Host => federation.Instance(CouncilB).Services.GetRequiredService<BodyHost>();

    private Sequencer Sequencer => Host.Find(Hartlepool)!.Sequencer;

    [Fact]
    public async Task Disk_OfAnotherHistory_GoesOnWithTheEntriesThatTheAuditorKept()
    {
        await using var copy = new OldCopy(federation, CouncilB, Hartlepool);
        await federation.StartAsync(CouncilB);
        var kept = await GoOnAsync();
        var entries = await EntriesAsync(1);
        await federation.StopAsync(CouncilB);
        await OtherHistoryAsync(copy);
        await federation.StartReadingAsync(CouncilB);
        await Wait.UntilAsync(() => Task.FromResult(Sequencer.ReadsOnlyBecause ?? ""), why => why.Contains("another history", StringComparison.Ordinal), "the other history being seen");

        await DeclareAsync(2, kept);
        await BegunAsync(2);

        Assert.Equal(entries, (await EntriesAsync(2)).Take(entries.Count));
        Assert.Contains(federation.Log.Lines, line => line.Line.Contains($"{Hartlepool} has the {entries.Count} entries that the new epoch of its journal keeps from the auditor audit.", StringComparison.Ordinal));
        await SaysOfTheFirstEpochAsync(kept);
        await GoesOnAsync();
    }

    /// <summary>The disk has what the new epoch keeps, and behind that another history than the one that the body signed.</summary>
    [Fact]
    public async Task Disk_OfAnotherHistoryBehindWhatIsKept_SignsNothingOfIt()
    {
        await federation.StartAsync(CouncilB);
        await Officers.FundAsync(Central, Hartlepool, Kind.Either, 1_000_00, Led);
        await Officers.AuditedAsync();
        var kept = await NoteAsync();
        await federation.StopAsync(CouncilB);
        await using var copy = new OldCopy(federation, CouncilB, Hartlepool);
        await federation.StartAsync(CouncilB);
        await GoOnAsync();
        await federation.StopAsync(CouncilB);
        await OtherHistoryAsync(copy);
        await federation.StartReadingAsync(CouncilB);

        await DeclareAsync(2, kept);
        await BegunAsync(2);

        await SaysOfTheFirstEpochAsync(kept);
        // What it had accepted behind that it accepts again: until then nothing else comes from there.
        foreach (var award in awards)
        {
            await Officers.AwardAsync(Hartlepool, award, _ => true);
            await Officers.AcceptAsync(Hartlepool, award);
        }
        await Officers.FundAsync(Central, Hartlepool, Kind.Either, 1_00, Led);
        Assert.Equal(26_000_00 + 1_00, (await Officers.BodyAsync(Hartlepool)).Totals.CashPence);
    }

    /// <summary>Of another history nothing is signed or shown, also not as that of the epoch before: what is said of that is what was signed before.</summary>
    private async Task SaysOfTheFirstEpochAsync(string kept)
    {
        using var http = new HttpClient { BaseAddress = federation.HttpOf(CouncilB) };
        var (signed, first) = (Checkpoint.Read(kept)!, $"/journals/{Hartlepool}/1");
        Assert.Equal(signed.Text, Checkpoint.Read(await http.GetStringAsync($"{first}/checkpoint"))!.Text);
        Assert.Equal(signed.Size, (await EntriesAsync(1)).Count);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await http.GetAsync(new Uri($"{first}/tile/entries/000.p/{signed.Size + 1}", UriKind.Relative))).StatusCode);
        (await Run.VerifyAsync("journal", $"{new Uri(federation.HttpOf(CouncilB), $"{first}/")}", $"{new Uri(federation.HttpOf(CentralInstance), $"journals/{Central}/1/")}")).Holds();
    }

    /// <summary>An entry in the middle of what is kept is damaged: the body does not serve, and then does again.</summary>
    [Fact]
    public async Task Disk_OnWhichAKeptEntryIsDamaged_GoesOnWithTheEntriesThatTheAuditorKept()
    {
        await federation.StartAsync(CouncilB);
        var kept = await GoOnAsync();
        var entries = await EntriesAsync(1);
        await federation.StopAsync(CouncilB);
        await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(federation.Folder, CouncilB, "journals.db")};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var alter = connection.CreateCommand();
            alter.CommandText = $"UPDATE entries SET bytes = x'00' WHERE place = 2 AND journal = (SELECT id FROM journals WHERE body = '{Hartlepool}')";
            Assert.Equal(1, await alter.ExecuteNonQueryAsync());
        }
        await federation.StartReadingAsync(CouncilB);
        Assert.Contains("entry 2 was altered", Host.WhyBroken(Hartlepool), StringComparison.Ordinal);

        await DeclareAsync(2, kept);
        await BegunAsync(2);

        Assert.Equal(entries, (await EntriesAsync(2)).Take(entries.Count));
        await GoesOnAsync();
    }

    /// <summary>The copy is of before the new epoch, which has gone on since: it has not all that this keeps, or more of the first epoch than anybody has seen.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OldCopy_OfBeforeTheEpochBegan_GoesOnWhereTheEpochWas(bool hasMore)
    {
        await federation.StartAsync(CouncilB);
        var kept = hasMore ? await GoOnAsync() : "";
        await federation.StopAsync(CouncilB);
        await using var copy = new OldCopy(federation, CouncilB, Hartlepool);
        await federation.StartAsync(CouncilB);
        await DeclareAsync(2, hasMore ? kept : await GoOnAsync());
        await BegunAsync(2);
        await GoesOnAsync();
        var entries = await EntriesAsync(2);
        await federation.StopAsync(CouncilB);
        if (hasMore)
            await OtherHistoryAsync(copy);
        else
            await copy.PutInPlaceAsync();

        await federation.StartReadingAsync(CouncilB);
        await BegunAsync(2);

        Assert.Equal(entries, await EntriesAsync(2));
        await Officers.FundAsync(Central, Hartlepool, Kind.Either, 1_00, Led);
        await AuditedAsync();
        await GivesEarlierAsync();
        // Whoever looked at it closest holds nothing against it, in either epoch.
        foreach (var witness in new[] { CentralInstance, AuditInstance }.Select(instance => federation.Instance(instance).Services.GetRequiredService<WitnessStore>()))
            Assert.All(new uint[] { 1, 2 }, epoch => Assert.Null(witness.Find(new JournalKey(Hartlepool, epoch))));
    }

    /// <summary>What was received under the award comes again once the award is accepted again, and the funder takes that for what was said before.</summary>
    [Fact]
    public async Task Acceptance_ThatIsLost_IsGivenAgainAndNothingIsOwed()
    {
        await federation.StartAsync(CouncilB);
        var award = await Officers.OfferAsync(Central, Hartlepool, Kind.Either, 20_000_00, Led);
        await AuditedAsync();
        var kept = await NoteAsync();
        await Officers.AcceptAsync(Hartlepool, award);
        await Officers.SettledAsync(await Officers.ReleaseAsync(award, Kind.Either, 5_000_00, Led));
        await AuditedAsync();
        await DeclareAsync(2, kept);
        await BegunAsync(2);
        await Wait.UntilAsync(
            async () => (await Officers.Audit.ReconcileAsync(new ReconcileRequest())).Checks.Single(check => check.Check == Check.NothingLost).Findings,
            findings => findings.Any(finding => finding.Contains("nobody stands by it there", StringComparison.Ordinal)), "the lost acceptance being named");

        await Officers.AcceptAsync(Hartlepool, award);
        await Wait.UntilAsync(async () => (await Officers.BodyAsync(Hartlepool)).Totals.CashPence, pence => pence == 5_000_00, "the lost money coming again");
        await Officers.SettledAsync(await Officers.ReleaseAsync(award, Kind.Either, 3_000_00, Led));
        await GoesOnAsync();
    }

    /// <summary>The auditor gives the journal of the epoch before, too, and proves it with the checkpoint that the body signed of it.</summary>
    private async Task GivesEarlierAsync()
    {
        const int From = 4;
        var audit = new AuditService.AuditServiceClient(federation.To(AuditInstance));
        var (all, rest) = (await audit.ReadKeptAsync(new ReadKeptRequest { Body = Hartlepool, Epoch = 1 }), await audit.ReadKeptAsync(new ReadKeptRequest { Body = Hartlepool, Epoch = 1, FromIndex = From, PageSize = 2 }));
        Assert.Equal((1u, (ulong)From), (rest.Page.Epoch, rest.Page.FirstIndex));
        Assert.Equal(all.Page.Entries.Skip(From).Take(2), rest.Page.Entries);
        var (tree, signed) = (new MerkleTree(), Checkpoint.Read(rest.Page.Checkpoint)!);
        foreach (var entry in all.Page.Entries)
            tree.AppendEntry(entry.Span);
        Assert.Equal(($"{federation.Id}/{Hartlepool}/1", tree.Size), (signed.Origin, signed.Size));
        Assert.Equal(tree.Root(signed.Size), signed.Root);
        Assert.True(ConsistencyProofs.Hold(From, signed.Size, [.. rest.ProofBefore.Select(hash => hash.ToByteArray())], rest.RootBefore.Span, signed.Root));
        Assert.True(ConsistencyProofs.Hold(From + 2, signed.Size, [.. rest.ProofAfter.Select(hash => hash.ToByteArray())], tree.Root(From + 2), signed.Root));
        foreach (var (epoch, from) in new[] { (1u, (ulong)signed.Size + 1), (3u, 0ul) })
            Assert.Equal(Grpc.Core.StatusCode.NotFound, (await Assert.ThrowsAsync<Grpc.Core.RpcException>(async () =>
                await audit.ReadKeptAsync(new ReadKeptRequest { Body = Hartlepool, Epoch = epoch, FromIndex = from }))).StatusCode);
    }

    /// <summary>Money comes, and the auditor has seen all of it. Answers with the newest checkpoint of what the body holds then.</summary>
    private async Task<string> GoOnAsync()
    {
        awards.Add(await Officers.FundAsync(Central, Hartlepool, Kind.Either, 20_000_00, Led));
        awards.Add(await Officers.FundAsync(Central, Hartlepool, Kind.Capital, 5_000_00, Led));
        await AuditedAsync();
        return await NoteAsync();
    }

    private async Task<string> NoteAsync() =>
        (await new JournalService.JournalServiceClient(federation.ToBody(Hartlepool)).GetCheckpointAsync(new GetCheckpointRequest { Body = Hartlepool })).Checkpoint;

    private static async Task OtherHistoryAsync(OldCopy copy)
    {
        await copy.OpenAsync();
        foreach (var recipient in (string[])[Newcastle, Byker, Horden, Easington, Durham])
            await copy.ProposeAsync(recipient);
        await copy.PutInPlaceAsync();
    }

    private async Task DeclareAsync(uint epoch, string note) =>
        await new RegistrationService.RegistrationServiceClient(federation.ToBody(Central)).DeclareEpochAsync(
            new DeclareEpochRequest { Body = Central, CommandId = Officers.NewId(), Registered = Hartlepool, Epoch = epoch, Checkpoint = note }, Officers.At(Central));

    private Task BegunAsync(uint epoch) => Wait.UntilAsync(
        () => Task.FromResult(Host.Find(Hartlepool)), body => body is { } found && found.Epoch == epoch && found.Sequencer is { ReadsOnlyBecause: null, ClosedBecause: null }, $"epoch {epoch}");

    private async Task<IReadOnlyList<ByteString>> EntriesAsync(uint epoch) =>
        (await new JournalService.JournalServiceClient(federation.ToBody(Hartlepool)).ReadJournalAsync(new ReadJournalRequest { Body = Hartlepool, Epoch = epoch, PageSize = 1_000 })).Page.Entries;

    /// <summary>Money flows, all of it is there, and a stranger finds nothing wrong with the journals.</summary>
    private async Task GoesOnAsync()
    {
        await Officers.AgreeAsync(Hartlepool, Byker);
        await Officers.FundAsync(Central, Hartlepool, Kind.Either, 2_000_00, Led);
        await Officers.FundAsync(Hartlepool, Byker, Kind.Either, 1_000_00, Led);
        await AuditedAsync();
        (await Run.VerifyAsync(
            "journal", $"{new Uri(federation.HttpOf(CouncilB), $"journals/{Hartlepool}/2/")}", $"{new Uri(federation.HttpOf(CentralInstance), $"journals/{Central}/1/")}")).Holds();
    }

    private async Task AuditedAsync()
    {
        var books = await Officers.AuditedAsync();
        Assert.Empty(books.Checks.SelectMany(check => check.Findings));
        Assert.Equal((true, 100_000_00L), (books.Reconciled, books.HeldPence));
    }
}
