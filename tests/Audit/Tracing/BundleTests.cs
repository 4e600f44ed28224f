using System.Text.Json.Nodes;
using FundingFlows.Verifier;
using static FundingFlows.Audit.Tests.ForgedFederation;

namespace FundingFlows.Audit.Tests;

/// <summary>The way of a payment as a file: what the auditor gives is enough for the stand-alone verifier, and nothing of it can be left out.</summary>
public sealed class BundleTests(PlayedStory story) : IDisposable
{
    private readonly string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(file);

    [Fact]
    public async Task Bundle_OfEveryPayment_IsEnoughForTheVerifier()
    {
        foreach (var payment in (await story.Officers.Audit.ListPaymentsAsync(new ListPaymentsRequest())).Payments)
        {
            var (code, said) = await VerifyAsync(await JsonOfAsync(payment.Id), await RootKeyAsync());

            Assert.True(code == 0, said);
            Assert.Contains($"It holds: {Pence.InPounds(payment.AmountPence)} paid by {payment.Body}, entry {payment.Id}", said, StringComparison.Ordinal);
            foreach (var path in (await story.TraceAsync(payment.Id)).Paths)
            {
                var way = said.Split('\n').First(line => line.StartsWith($"{Pence.InPounds(path.AmountPence)} of ", StringComparison.Ordinal) && path.Steps.All(step => line.Contains($"({step.Entry})", StringComparison.Ordinal)));
                Assert.StartsWith($"{Pence.InPounds(path.AmountPence)} of {path.Source.Reference} ({path.Steps[0].Body}): issued by ", way, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Bundle_WithoutAnyOneEntry_DoesNotHold()
    {
        var (whole, key) = (await JsonOfAsync(story.OfTwoPieces), await RootKeyAsync());
        var entries = JsonNode.Parse(whole)!["entries"]!.AsArray();
        for (var i = 0; i < entries.Count; i++)
        {
            var less = JsonNode.Parse(whole)!;
            var entry = (string)less["entries"]![i]!["entry"]!;
            less["entries"]!.AsArray().RemoveAt(i);

            var (code, said) = await VerifyAsync(less.ToJsonString(), key);

            Assert.True(code == 1, $"Without {entry}: {said}");
        }
    }

    [Fact]
    public async Task Bundle_ByGrpc_IsTheSameFile()
    {
        var bundle = await story.Officers.Audit.GetTraceBundleAsync(new GetTraceBundleRequest { Payment = story.OfOnePiece });

        Assert.Equal(Google.Protobuf.JsonParser.Default.Parse<GetTraceBundleResponse>(await JsonOfAsync(story.OfOnePiece)), bundle);
        Assert.Equal(bundle.Entries.Count, bundle.Entries.Select(entry => entry.Entry).Distinct().Count());
    }

    [Fact]
    public async Task Bundle_OfWhatIsNoPayment_IsRefused()
    {
        foreach (var (payment, status) in new[] { (story.ToEasington, StatusCode.NotFound), ("nonsense", StatusCode.InvalidArgument), ("", StatusCode.InvalidArgument) })
        {
            var refused = await Assert.ThrowsAsync<RpcException>(async () => await story.Officers.Audit.GetTraceBundleAsync(new GetTraceBundleRequest { Payment = payment }));

            Assert.Equal(status, refused.StatusCode);
        }
    }

    [Fact]
    public async Task Bundle_OfAPaymentUnderCustody_ShowsWhoWasToldToPay()
    {
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        federation.PlayFourTiers();
        var instruction = federation.Instruct(10_00);
        // Not shown, not even for a moment.
        federation[Council].Shown = federation[Council].Size;
        var executed = federation.Execute(instruction);
        federation.Carry();
        var request = new GetTraceBundleRequest { Payment = $"{federation[Forum].Books.Instructions.Find(instruction)!.PaidAs!.Value}" };
        await auditing.ReconciledAsync();

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await auditing.Audit.GetTraceBundleAsync(request));
        Assert.Equal((StatusCode.FailedPrecondition, "TRACE_NOT_WHOLE"), (refused.StatusCode, refused.Reason()));
        Assert.Contains($"{executed}", refused.Status.Detail, StringComparison.Ordinal);

        federation[Council].Shown = long.MaxValue;
        await auditing.ReconciledAsync();
        var bundle = await auditing.Audit.GetTraceBundleAsync(request);
        var (code, said) = await VerifyAsync(Google.Protobuf.JsonFormatter.Default.Format(bundle), $"{federation[Central].Verifier}");

        Assert.True(code == 0, said);
        Assert.Contains($"paid by {Council} ({executed}), entry {request.Payment}", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bundle_OfSeveralParts_HoldsThemAll()
    {
        const int Pieces = 300;
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        federation.OpenFund();
        for (var i = 0; i < Pieces; i++)
            federation.Issue(10_00);
        var payment = federation.Pay(Central, Kind.Capital, Pieces * 6_00);
        await auditing.ReconciledAsync();

        var bundle = await auditing.Audit.GetTraceBundleAsync(new GetTraceBundleRequest { Payment = $"{payment}" });
        var (code, said) = await VerifyAsync(Google.Protobuf.JsonFormatter.Default.Format(bundle), $"{federation[Central].Verifier}");

        Assert.True(code == 0, said);
        Assert.Equal(Pieces, said.Split('\n').Count(line => line.StartsWith("£6 of ", StringComparison.Ordinal)));
    }

    private async Task<string> JsonOfAsync(string payment)
    {
        using var http = new HttpClient { BaseAddress = story.Federation.HttpOf(TestTopology.AuditInstance) };
        return await http.GetStringAsync(new Uri($"/v1/audit/payments/{payment}/bundle", UriKind.Relative), TestContext.Current.CancellationToken);
    }

    private async Task<string> RootKeyAsync()
    {
        var genesis = (await story.EntryAsync($"{TestTopology.Central}.1.0")).Entry.Fact.Genesis;
        return $"{VerifierKey.Of(genesis.Origin, genesis.PublicKey.ToByteArray())}";
    }

    private async Task<(int Code, string Said)> VerifyAsync(string bundle, string key)
    {
        await File.WriteAllTextAsync(file, bundle, TestContext.Current.CancellationToken);
        var (output, errors) = (new StringWriter(), new StringWriter());
        return (await VerifyCommand.RunAsync(["trace", file, "--key", key], output, errors), $"{output}{errors}");
    }
}
