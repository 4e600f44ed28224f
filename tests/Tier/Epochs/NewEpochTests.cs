using FundingFlows.Contracts.Registry.V1;
using FundingFlows.Contracts.Transfers.V1;
using FundingFlows.Journal;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>A body that has lost entries goes on in a new epoch of its journal, over real gRPC.</summary>
public sealed class NewEpochTests
{
    private const string Led = "neighbourhood-led";

    [Fact]
    public async Task Body_ThatLostEntries_GoesOnBehindThoseThatAreKeptAndMoneyFlows()
    {
        await using var federation = await TestFederation.StartAsync();
        var officers = federation.Officers;
        await officers.OpenFundAsync();
        await officers.IssueAsync(100_000_00);
        await officers.AgreeAsync(Central, Durham);
        var award = await officers.AwardAsync(Central, Durham, Kind.Either, 20_000_00, Led);
        await officers.SettledAsync(await officers.ReleaseAsync(award, Kind.Either, 5_000_00, Led));
        var kept = await CheckpointAsync(federation, Durham);
        var lost = await officers.SettledAsync(await officers.ReleaseAsync(award, Kind.Either, 3_000_00, Led));

        await DeclareAsync(federation, Central, Durham, 2, kept.Note);
        await Wait.UntilAsync(async () => (await officers.BodyAsync(Durham)).Epoch, epoch => epoch == 2, "the new epoch");

        // What was received in an entry that is lost is received again, without anybody asking for it.
        await Wait.UntilAsync(() => HeldAsync(federation, Durham), pence => pence == 8_000_00, "the lost money coming again");
        Assert.Equal(TransferState.Settled, (await officers.TransferAsync(lost.Id, _ => true)).State);
        await officers.SettledAsync(await officers.ReleaseAsync(award, Kind.Either, 2_000_00, Led));
        await officers.AgreeAsync(Durham, Easington);
        var down = await officers.FundAsync(Durham, Easington, Kind.Capital, 1_000_00, Led);
        Assert.StartsWith($"{Durham}.2.", down, StringComparison.Ordinal);
        var books = await officers.AuditedAsync();
        Assert.Empty(books.Checks.SelectMany(check => check.Findings));
        Assert.Equal(100_000_00, books.HeldPence);

        await KeepsAsync(federation, kept);
        Assert.Equal((ulong)kept.Checkpoint.Size, await SizeAsync(federation, Durham, 1));
    }

    /// <summary>The journal of the second epoch begins with the kept entries, unchanged, and those can be read in that of the first, too.</summary>
    private static async Task KeepsAsync(TestFederation federation, (string Note, Checkpoint Checkpoint) kept)
    {
        var journals = new JournalService.JournalServiceClient(federation.ToBody(Durham));
        var first = await journals.ReadJournalAsync(new ReadJournalRequest { Body = Durham, Epoch = 1, PageSize = 1_000 });
        var second = await journals.ReadJournalAsync(new ReadJournalRequest { Body = Durham, PageSize = 1_000 });
        var size = (int)kept.Checkpoint.Size;
        Assert.Equal((1u, 2u), (first.Page.Epoch, second.Page.Epoch));
        Assert.Equal(first.Page.Entries, second.Page.Entries.Take(size));
        var begun = Entry.Parser.ParseFrom(second.Page.Entries[size]).Fact.EpochBegun;
        Assert.Equal((2u, $"{federation.Id}/{Durham}/2"), (begun.Epoch, begun.Origin));
        Assert.Equal(kept.Checkpoint.Root, begun.KeptRoot.ToByteArray());
        Assert.Equal(begun.Origin, Checkpoint.Read(second.Page.Checkpoint)!.Origin);
        Assert.Equal(kept.Checkpoint.Text, Checkpoint.Read(first.Page.Checkpoint)!.Text);
        using var client = new HttpClient { BaseAddress = federation.HttpOf(CouncilA) };
        foreach (var epoch in (uint[])[1, 2])
        {
            var note = await client.GetStringAsync($"/journals/{Durham}/{epoch}/checkpoint");
            Assert.Equal($"{federation.Id}/{Durham}/{epoch}", Checkpoint.Read(note)!.Origin);
            Assert.NotEmpty(await client.GetByteArrayAsync($"/journals/{Durham}/{epoch}/tile/entries/000.p/{size}"));
        }
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await client.GetAsync(new Uri($"/journals/{Durham}/3/checkpoint", UriKind.Relative))).StatusCode);
        Assert.Equal(StatusCode.NotFound, (await Failure.OfAsync(async () => await journals.ReadJournalAsync(new ReadJournalRequest { Body = Durham, Epoch = 3 }))).Code);
    }

    internal static async Task DeclareAsync(TestFederation federation, string registrar, string body, uint epoch, string note) =>
        await new RegistrationService.RegistrationServiceClient(federation.ToBody(registrar)).DeclareEpochAsync(
            new DeclareEpochRequest { Body = registrar, CommandId = Officers.NewId(), Registered = body, Epoch = epoch, Checkpoint = note }, federation.Officers.At(registrar));

    internal static async Task<(string Note, Checkpoint Checkpoint)> CheckpointAsync(TestFederation federation, string body)
    {
        var note = (await new JournalService.JournalServiceClient(federation.ToBody(body)).GetCheckpointAsync(new GetCheckpointRequest { Body = body })).Checkpoint;
        return (note, Checkpoint.Read(note)!);
    }

    private static async Task<ulong> SizeAsync(TestFederation federation, string body, uint epoch) =>
        (await new JournalService.JournalServiceClient(federation.ToBody(body)).ReadJournalAsync(new ReadJournalRequest { Body = body, Epoch = epoch, PageSize = 1 })).Size;

    private static async Task<long> HeldAsync(TestFederation federation, string body) =>
        (await federation.Officers.BodyAsync(body)).Totals.CashPence;
}
