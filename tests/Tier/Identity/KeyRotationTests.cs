using FundingFlows.Contracts.Registry.V1;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>A body takes a new key in the middle of its business, over real gRPC.</summary>
public sealed class KeyRotationTests
{
    [Fact]
    public async Task Body_WithANewKey_IsBelievedOnceItIsRecordedAndNothingIsLost()
    {
        await using var federation = await TestFederation.StartAsync();
        var officers = federation.Officers;
        await officers.OpenFundAsync();
        await officers.IssueAsync(100_000_00);
        await officers.AgreeAsync(Central, Durham);
        await officers.AgreeAsync(Durham, Easington);
        await officers.FundAsync(Central, Durham, Kind.Either, 20_000_00, "neighbourhood-led");
        var award = await officers.AwardAsync(Durham, Easington, Kind.Capital, 5_000_00, "neighbourhood-led");
        using var old = new PeerVoice(federation, Durham);

        var adopted = await AdoptAsync(federation, Durham);
        var waiting = await officers.ReleaseAsync(award, Kind.Capital, 3_000_00, "neighbourhood-led");
        await Wait.UntilAsync(() => federation.Log.Lines.Any(line => line.Line.Contains("PEER_SIGNATURE_WRONG", StringComparison.Ordinal)), "the new key being refused");
        Assert.Equal(Contracts.Transfers.V1.TransferState.InTransit, (await officers.TransferAsync(waiting.Id, _ => true)).State);

        await RotateAsync(federation, Durham, adopted);
        await officers.SettledAsync(waiting);
        var books = await officers.AuditedAsync();

        Assert.Empty(books.Checks.SelectMany(check => check.Findings));
        var refused = await Failure.OfAsync(() => PeerVoice.HandAsync(federation, Easington, old.Signed(old.Batch(Easington, PeerVoice.Delivery(99, PeerVoice.Entry(1, new Fact()))))));
        Assert.Equal("PEER_SIGNATURE_WRONG", refused.Reason);
        var shown = await Client(federation, Central).GetRegistrationAsync(new GetRegistrationRequest { Body = Central, Registered = Durham });
        Assert.Equal([(adopted.PublicKey, adopted.Recorded.Reference.Index)], shown.Registered.Keys.Select(key => (key.PublicKey, key.FromIndex)));
    }

    [Fact]
    public async Task Instance_OfABodyWithANewKey_StartsAgainWithItAndNotWithoutIt()
    {
        await using var federation = await TestFederation.StartAsync(options => options.WithAudit = false);
        var adopted = await AdoptAsync(federation, Hartlepool);
        await RotateAsync(federation, Hartlepool, adopted);
        var file = Path.Combine(federation.Folder, CouncilB, "keys", $"{Hartlepool}.2.pem");

        await federation.StopAsync(CouncilB);
        File.Move(file, file + ".kept");
        await federation.StartAsync(CouncilB);
        Assert.Equal(
            $"The journal of {Hartlepool} has begun and its key {file} is not there: put the key back from a backup, and start again.",
            federation.Instance(CouncilB).Services.GetRequiredService<BodyHost>().WhyBroken(Hartlepool));

        await federation.StopAsync(CouncilB);
        File.Move(file + ".kept", file);
        await federation.StartAsync(CouncilB);
        var hosted = federation.Instance(CouncilB).Services.GetRequiredService<BodyHost>().Find(Hartlepool)!;
        Assert.Equal(adopted.PublicKey, ByteString.CopyFrom(hosted.Key.PublicKey));
        await federation.Officers.AgreeAsync(Central, Hartlepool);
    }

    [Fact]
    public async Task Body_ThatIsClosed_SealsItsJournalAndIsSeenToBeWhole()
    {
        await using var federation = await TestFederation.StartAsync();
        var closing = new CloseBodyRequest { Body = Hartlepool, CommandId = Officers.NewId(), LastDay = new Google.Type.Date { Year = 2027, Month = 3, Day = 31 } };

        await Client(federation, Hartlepool).CloseBodyAsync(closing, federation.Officers.At(Hartlepool));
        await Wait.UntilAsync(
            async () => (await Client(federation, Central).GetRegistrationAsync(new GetRegistrationRequest { Body = Central, Registered = Hartlepool })).Registered.Closed,
            closed => closed, "the closing");
        var journals = new JournalService.JournalServiceClient(federation.ToBody(Hartlepool));
        var page = await Wait.UntilAsync(
            async () => (await journals.ReadJournalAsync(new ReadJournalRequest { Body = Hartlepool })).Page,
            page => Entry.Parser.ParseFrom(page.Entries[^1]).Fact.KindCase == Fact.KindOneofCase.JournalSealed, "the seal");

        var refused = await Failure.OfAsync(async () => await AdoptAsync(federation, Hartlepool));
        Assert.Equal(("BODY_CLOSING", StatusCode.FailedPrecondition), (refused.Reason, refused.Code));
        Assert.Equal(closing.LastDay, Entry.Parser.ParseFrom(page.Entries[^3]).Fact.ClosingAsked.LastDay);
        Assert.Empty((await federation.Officers.AuditedAsync()).Checks.SelectMany(check => check.Findings));
    }

    private static async Task<AdoptKeyResponse> AdoptAsync(TestFederation federation, string body) =>
        await Client(federation, body).AdoptKeyAsync(
            new AdoptKeyRequest
            {
                Body = body,
                CommandId = Officers.NewId(),
                Replaces = (await new JournalService.JournalServiceClient(federation.ToBody(body)).GetEntryAsync(new GetEntryRequest { Body = body })).Entry.Fact.Genesis.PublicKey,
            },
            federation.Officers.At(body));

    private static async Task RotateAsync(TestFederation federation, string body, AdoptKeyResponse adopted) =>
        await Client(federation, Central).RotateKeyAsync(
            new RotateKeyRequest
            {
                Body = Central,
                CommandId = Officers.NewId(),
                Registered = body,
                PublicKey = adopted.PublicKey,
                FromIndex = adopted.Recorded.Reference.Index,
            },
            federation.Officers.At(Central));

    private static RegistrationService.RegistrationServiceClient Client(TestFederation federation, string body) => new(federation.ToBody(body));
}
