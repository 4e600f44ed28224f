using System.Net;
using System.Text;
using FundingFlows.Contracts.Audit.V1;
using FundingFlows.Contracts.Registry.V1;
using FundingFlows.Support;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Verifier.Tests;

/// <summary>A real federation in which a body has its checkpoints cosigned, and comes back from an older copy of its disk with another history.</summary>
public sealed class RestoredCopyTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private readonly HttpClient client = new();
    private TestFederation federation = null!;

    public async ValueTask InitializeAsync() => federation = await TestFederation.StartAsync(options =>
    {
        options.WithGateway = true;
        options.Settings["FundingFlows:WitnessInterval"] = "00:00:00.05";
    });

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await federation.DisposeAsync();
        folder.Dispose();
    }

    private Officers Officers => federation.Officers;

    private AuditService.AuditServiceClient Audit => new(federation.To(AuditInstance));

    private string Journal => $"{federation.Id}/{Hartlepool}/1";

    [Fact]
    public async Task Checkpoints_OfHonestBodies_AreCosignedByWhoRegistersThemAndByTheAuditor()
    {
        var (auditor, registrar) = ((await GetAsync("witness/audit/key")).Text.TrimEnd('\n'), (await GetAsync($"witness/{Central}/key")).Text.TrimEnd('\n'));
        await Officers.AgreeAsync(Central, Hartlepool);
        var address = new Uri(federation.HttpOf(GatewayInstance), $"journals/{Hartlepool}/1/");

        var run = await Wait.UntilAsync(
            () => Run.VerifyAsync("journal", $"{address}", "--witness", auditor, "--witness", registrar), run => !run.Output.Contains("not cosigned", StringComparison.Ordinal), "both cosignatures");

        run.Holds();
        Assert.Contains($", cosigned by {federation.Id}/witness/audit on ", run.Output, StringComparison.Ordinal);
        Assert.Contains($", cosigned by {federation.Id}/witness/{Central} on ", run.Output, StringComparison.Ordinal);
        // Nobody but a registrar and the auditor is a witness, and of no others than it registered.
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync($"witness/{Hartlepool}/key")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(Durham, AddCheckpoint.Write(0, [], (await GetAsync($"journals/{Hartlepool}/1/checkpoint")).Text))).Status);
        // The root has nobody above it: the auditor is its witness.
        await CosignedAsync("audit", 1, $"{federation.Id}/{Central}/1");
    }

    [Fact]
    public async Task Body_ThatComesBackFromAnOldCopy_IsCaughtByTheFirstThatLooks()
    {
        await using var copy = await CopyAndGoOnAsync();
        await Officers.AgreeAsync(Hartlepool, Byker);
        var size = await CosignedAsync("audit", (await Officers.BodyAsync(Hartlepool)).JournalSize);
        await CosignedAsync(Central, (ulong)size);
        await copy.OpenAsync();
        Assert.True(copy.Size < size);

        await copy.ProposeAsync(Newcastle);
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync("audit", await copy.RequestAsync(0))).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(Central, await copy.RequestAsync(0))).Status);

        var quarantined = await QuarantinedAsync();
        await HoldsAsync(await EvidenceAsync($"v1/audit/bodies/{Hartlepool}/evidence", GatewayInstance), copy.Key);
        await HoldsAsync(await EvidenceAsync($"witness/{Central}/{WitnessStore.HashOf(Journal)}/evidence", CentralInstance), copy.Key);
        await OthersGoOnAsync(Easington);
        await federation.StopAsync(AuditInstance);
        await federation.StartAsync(AuditInstance);
        Assert.Equal(quarantined, await QuarantinedAsync());
        await OthersGoOnAsync(Horden);
        await HoldsAsync(await EvidenceAsync($"v1/audit/bodies/{Hartlepool}/evidence", AuditInstance), copy.Key);
    }

    /// <summary>The way out: who registered it declares a new epoch, and says with it which of the two histories counts.</summary>
    [Fact]
    public async Task Body_ThatToldTwoHistories_IsBelievedAgainInANewEpoch()
    {
        await using var copy = await CopyAndGoOnAsync();
        await CosignedAsync("audit", (await Officers.BodyAsync(Hartlepool)).JournalSize);
        await copy.OpenAsync();
        await copy.ProposeAsync(Newcastle);
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync("audit", await copy.RequestAsync(0))).Status);
        await QuarantinedAsync();
        var kept = (await GetAsync($"journals/{Hartlepool}/1/checkpoint", CouncilB)).Text;

        await new RegistrationService.RegistrationServiceClient(federation.ToBody(Central)).DeclareEpochAsync(
            new DeclareEpochRequest { Body = Central, CommandId = Officers.NewId(), Registered = Hartlepool, Epoch = 2, Checkpoint = kept }, Officers.At(Central));

        await Wait.UntilAsync(
            async () => (await Audit.GetCoverageAsync(new GetCoverageRequest())).Journals.Single(journal => journal.Body == Hartlepool),
            journal => journal.Quarantined.Length == 0 && journal.Applied > (ulong)Checkpoint.Read(kept)!.Size, "the new epoch being believed");
        // The auditor may have it before the body has heard that it began it for the first time.
        await Wait.UntilAsync(async () => (await Officers.BodyAsync(Hartlepool)).ReadsOnly, why => why.Length == 0, "the body taking commands in the new epoch");
        await Officers.AgreeAsync(Hartlepool, Byker);
        var books = await Officers.AuditedAsync();
        Assert.Empty(books.Checks.SelectMany(check => check.Findings));
        var address = new Uri(federation.HttpOf(CouncilB), $"journals/{Hartlepool}/2/");
        (await Run.VerifyAsync("journal", $"{address}", $"{new Uri(federation.HttpOf(GatewayInstance), $"journals/{Central}/1/")}")).Holds();
        // What was proved of the old one stays.
        await HoldsAsync(await EvidenceAsync($"v1/audit/bodies/{Hartlepool}/evidence", GatewayInstance), copy.Key);
    }

    [Fact]
    public async Task Body_ThatComesBackFromAnOldCopy_IsCaughtByWhoRegisteredIt()
    {
        await using var copy = await CopyAndGoOnAsync();
        await federation.StopAsync(AuditInstance);
        var size = await CosignedAsync(Central, (await Officers.BodyAsync(Hartlepool)).JournalSize);
        await federation.StopAsync(CouncilB);
        await copy.OpenAsync();

        // It has gone on as far as the one that was cosigned.
        foreach (var recipient in ((string[])[Newcastle, Byker, Horden, Easington, Durham]).Take((int)(size - copy.Size)))
            await copy.ProposeAsync(recipient);
        Assert.Equal(size, copy.Size);
        var reply = await PostAsync(Central, await copy.RequestAsync(size));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, reply.Status);
        await HoldsAsync(await EvidenceAsync($"witness/{Central}/{WitnessStore.HashOf(Journal)}/evidence", CentralInstance), copy.Key);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(Central, await copy.RequestAsync(0))).Status);
        // It asks the auditor whether its journal is the newest, who is not there, and only reads.
        await federation.StopAsync(CentralInstance);
        await federation.StartReadingAsync(CentralInstance);
        await HoldsAsync(await EvidenceAsync($"witness/{Central}/{WitnessStore.HashOf(Journal)}/evidence", CentralInstance), copy.Key);
    }

    /// <summary>Copies the disk of a council's instance, and has the council go on from there.</summary>
    private async Task<OldCopy> CopyAndGoOnAsync()
    {
        await federation.StopAsync(CouncilB);
        var copy = new OldCopy(federation, CouncilB, Hartlepool);
        await federation.StartAsync(CouncilB);
        await Officers.AgreeAsync(Central, Hartlepool);
        return copy;
    }

    /// <summary>Waits until a witness has cosigned so many entries, and answers with how many.</summary>
    private async Task<long> CosignedAsync(string witness, ulong size, string? journal = null) => Checkpoint.Read((await Wait.UntilAsync(
        () => GetAsync($"witness/{witness}/{WitnessStore.HashOf(journal ?? Journal)}/checkpoint"),
        reply => reply.Status == HttpStatusCode.OK && Checkpoint.Read(reply.Text)!.Size >= (long)size, $"{witness} having cosigned {size} entries")).Text)!.Size;

    private Task<string> QuarantinedAsync() => Wait.UntilAsync(
        async () => (await Audit.GetCoverageAsync(new GetCoverageRequest())).Journals.Single(journal => journal.Body == Hartlepool).Quarantined, why => why.Length > 0, "the quarantine");

    /// <summary>Something happens at bodies that told one history, and the auditor sees it.</summary>
    private async Task OthersGoOnAsync(string forum)
    {
        await Officers.AgreeAsync(Durham, forum);
        var size = (await Officers.BodyAsync(Durham)).JournalSize;
        await Wait.UntilAsync(() => SeenAsync(Durham), seen => seen >= size, "the others being seen");
    }

    private async Task<ulong> SeenAsync(string body) => (await Audit.GetCoverageAsync(new GetCoverageRequest())).Journals.Single(journal => journal.Body == body).Applied;

    private async Task<string> EvidenceAsync(string path, string instance) =>
        (await Wait.UntilAsync(() => GetAsync(path, instance), reply => reply.Status == HttpStatusCode.OK, "the evidence")).Text;

    private async Task HoldsAsync(string evidence, VerifierKey key)
    {
        await File.WriteAllTextAsync(folder["evidence"], evidence);
        var run = await Run.VerifyAsync("evidence", folder["evidence"], "--key", $"{key}");
        run.Holds();
        Assert.StartsWith($"It proves it: {Journal} told two histories: ", run.Output, StringComparison.Ordinal);
    }

    private async Task<(HttpStatusCode Status, string Text)> PostAsync(string witness, string request)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(request));
        using var response = await client.PostAsync(new Uri(federation.HttpOf(GatewayInstance), $"witness/{witness}/add-checkpoint"), content);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Through the gateway, as long as what is behind it is where it was.</summary>
    private async Task<(HttpStatusCode Status, string Text)> GetAsync(string path, string instance = GatewayInstance)
    {
        using var response = await client.GetAsync(new Uri(federation.HttpOf(instance), path));
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
