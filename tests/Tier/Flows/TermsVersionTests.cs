using FundingFlows.Contracts.Ledger.V1;
using FundingFlows.Contracts.Programmes.V1;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>A fund gets new terms for new money, over real gRPC, and each pound keeps its version through two tiers.</summary>
public sealed class TermsVersionTests
{
    [Fact]
    public async Task Money_OfTwoVersions_KeepsEachThroughTwoTiers()
    {
        await using var federation = await TestFederation.StartAsync();
        var officers = federation.Officers;
        await officers.AgreeAsync(Central, Durham);
        await officers.AgreeAsync(Durham, Easington);
        await officers.OpenFundAsync();
        await officers.IssueAsync(1_000_00);
        var first = await officers.AwardAsync(Central, Durham, Kind.Capital, 700_00);
        await officers.SettledAsync(await officers.ReleaseAsync(first, Kind.Capital, 600_00));

        var revised = await ReviseAsync(federation);
        await officers.IssueAsync(500_00);
        var refused = await Failure.OfAsync(() => officers.ReleaseAsync(first, Kind.Capital, 100_00));
        await officers.FundAsync(Central, Durham, Kind.Capital, 500_00);
        await officers.FundAsync(Durham, Easington, Kind.Capital, 1_100_00);

        Assert.Equal((2u, "Place Fund, for buildings"), (revised.Terms.Version, revised.Terms.Title));
        // Nothing was said of the purpose, so it is what it was.
        Assert.NotNull(revised.Terms.Purpose);
        Assert.Equal((await TermsAsync(federation, Central))[0].Purpose, revised.Terms.Purpose);
        Assert.Equal((StatusCode.FailedPrecondition, "RELEASE_FUNDS_KEPT_FOR_SOMETHING_ELSE"), (refused.Code, refused.Reason));
        Assert.StartsWith("£500 of Place Fund, for buildings is kept for awards that name all terms it came under", refused.Sentence, StringComparison.Ordinal);
        foreach (var body in new[] { Central, Durham, Easington })
            Assert.Equal([(1u, "Place Fund"), (2u, "Place Fund, for buildings")], (await TermsAsync(federation, body)).Select(terms => (terms.Version, terms.Title)));
        var held = await new LedgerService.LedgerServiceClient(federation.ToBody(Easington)).ListLotsAsync(new ListLotsRequest { Body = Easington });
        Assert.Equal([(1u, 600_00L), (2u, 500_00L)], held.Lots.GroupBy(lot => lot.TermsVersion).Select(version => (version.Key, version.Sum(lot => lot.AmountPence))).Order());
        Assert.True((await officers.AuditedAsync()).Reconciled);
    }

    [Fact]
    public async Task Terms_OfAFundThatAnotherOpened_AreNotRevised()
    {
        await using var federation = await TestFederation.StartAsync(options => options.WithAudit = false);

        var failure = await Failure.OfAsync(() => ReviseAsync(federation));

        Assert.Equal((StatusCode.NotFound, "REVISE_TERMS_FUND_UNKNOWN"), (failure.Code, failure.Reason));
        Assert.Empty(await TermsAsync(federation, Central));
    }

    /// <summary>What follows the fund's name is the same in both requests: they are read as one.</summary>
    [Fact]
    public void Requests_ToOpenAndToRevise_HaveTheSameFields()
    {
        static IEnumerable<object> Of(Google.Protobuf.Reflection.MessageDescriptor type) => type.Fields.InFieldNumberOrder().Skip(3)
            .Select(field => (field.FieldNumber, field.Name, field.FieldType, field.IsRepeated, field.HasPresence, field.FieldType == Google.Protobuf.Reflection.FieldType.Message ? field.MessageType.FullName : ""))
            .Cast<object>();

        Assert.NotEmpty(Of(OpenFundRequest.Descriptor));
        Assert.Equal(Of(OpenFundRequest.Descriptor), Of(ReviseTermsRequest.Descriptor));
        Assert.Equal(["body", "command_id", "fund"], ReviseTermsRequest.Descriptor.Fields.InFieldNumberOrder().Take(3).Select(field => field.Name));
    }

    private static async Task<ReviseTermsResponse> ReviseAsync(TestFederation federation) => await new ProgrammeService.ProgrammeServiceClient(federation.ToBody(Central)).ReviseTermsAsync(
        new ReviseTermsRequest
        {
            Body = Central,
            CommandId = Officers.NewId(),
            Fund = Officers.FundId,
            Title = "Place Fund, for buildings",
            Years = new YearWindow { FirstYear = Officers.Year, LastYear = Officers.Year + 2 },
            Split = { new SplitShare { Kind = Kind.Capital, BasisPoints = 10_000 } },
        },
        federation.Officers.At(Central));

    private static async Task<IReadOnlyList<FundTerms>> TermsAsync(TestFederation federation, string body) =>
        (await new LedgerService.LedgerServiceClient(federation.ToBody(body)).ListFundTermsAsync(new ListFundTermsRequest { Body = body, Fund = Officers.FundId })).Terms;
}
