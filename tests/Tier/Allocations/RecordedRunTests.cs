using System.Security.Cryptography;
using System.Text;
using FundingFlows.Allocations;
using FundingFlows.Contracts.Agreements.V1;
using FundingFlows.Contracts.Allocation.V1;
using FundingFlows.Contracts.Documents.V1;
using FundingFlows.Contracts.Programmes.V1;
using static FundingFlows.Support.TestTopology;
using Sent = FundingFlows.Contracts.Allocation.V1;

namespace FundingFlows.Tiers.Tests;

/// <summary>Runs that are recorded: decided once, published, worked out again by anyone, and awarded from.</summary>
public sealed class RecordedRunTests(Town town) : IClassFixture<Town>
{
    private const string Figures = "id,name,population,need\nE06000047,County Durham,538011,28.808\n";
    private const string Descriptions = "indicator,unit,source,as_of\npopulation,people,\"ONS, mid-2024\",2024-06-30\nneed,score,\"MHCLG, Indices of Deprivation 2025\",2025-10-30\n";

    private AllocationService.AllocationServiceClient Client => new(town.Federation.ToBody(Central));

    /// <summary>Nothing but the journal and what is published is used to get to the same pence.</summary>
    [Fact]
    public async Task Run_ReplayedFromItsJournalAndItsPublishedTables_GivesTheSamePence()
    {
        var run = await RecordAsync(Request(1_234_567_89));

        var fact = (await town.EntryAsync(run.Id)).Fact.AllocationRecorded;
        var inputs = await Client.GetAllocationInputsAsync(new GetAllocationInputsRequest { Body = Central, Allocation = run.Id });
        Assert.Equal(fact.Descriptions.Sha256.Span, Hash(inputs.DescriptionsSalt.Span, inputs.Indicators.DescriptionsCsv));
        Assert.Equal(fact.Figures.Sha256.Span, Hash(inputs.FiguresSalt.Span, inputs.Indicators.FiguresCsv));
        Assert.Equal((Descriptions, Figures), (inputs.Indicators.DescriptionsCsv, inputs.Indicators.FiguresCsv));

        var formula = new WrittenFormula((field, fault) => Assert.Fail($"{field} {fault}")).Read("formula", fact.Formula);
        var table = CsvIndicators.Read(new CsvText("descriptions", inputs.Indicators.DescriptionsCsv), new CsvText("figures", inputs.Indicators.FiguresCsv)).Value;
        var again = Run.Of(new RunInputs(formula, RecordedShares.Read(fact.Pot), table)).Value;

        Assert.Equal(fact.Shares, RecordedShares.Of(again));
        Assert.Equal(1_234_567_89, fact.Shares.Sum(share => share.AmountPence.Sum()));
    }

    [Fact]
    public async Task Run_ThatIsRecorded_IsShownWithItsWorkingToAnyone()
    {
        var run = await RecordAsync(Request(500_00));

        var shown = (await Client.GetAllocationAsync(new GetAllocationRequest { Body = Central, Allocation = run.Id })).Allocation;
        var listed = await Client.ListAllocationsAsync(new ListAllocationsRequest { Body = Central });
        var working = Assert.Single((await Client.ExplainAllocationAsync(new ExplainAllocationRequest { Body = Central, Allocation = run.Id, Recipient = Durham })).Workings);

        Assert.Equal(run, shown);
        Assert.Equal(run, listed.Allocations[0]);
        Assert.Equal((1, 500_00L, 0L), (shown.Recipients, shown.TotalPence, shown.AwardedPence));
        Assert.Equal(("County Durham", 500_00L), (working.Name, working.AmountPence));
        Assert.StartsWith("County Durham gets £500 in 2026-27: £500 because 5", working.Sentences[0], StringComparison.Ordinal);
        var document = await new DocumentService.DocumentServiceClient(town.Federation.ToBody(Central)).GetDocumentAsync(new GetDocumentRequest { Body = Central, Document = shown.Figures });
        Assert.Equal(Figures, document.Document.Words);
    }

    [Fact]
    public async Task Awards_OfARun_AreMadeInOneCommandAndOnlyOnce()
    {
        var run = await RecordAsync(Request(77_01));
        var request = new AwardAllocationRequest { Body = Central, CommandId = Officers.NewId(), Allocation = run.Id };

        var awarded = await Client.AwardAllocationAsync(request, town.Officers.At(Central));
        var share = Assert.Single((await Client.ListAllocationSharesAsync(new ListAllocationSharesRequest { Body = Central, Allocation = run.Id })).Shares);
        var award = (await new AwardService.AwardServiceClient(town.Federation.ToBody(Central)).GetAwardAsync(new GetAwardRequest { Body = Central, Award = share.Award })).Award;

        Assert.Equal((1, 77_01L), (awarded.Offered, awarded.Allocation.AwardedPence));
        Assert.Equal((run.Id, Durham, 77_01L), (award.Allocation, award.Recipient, award.Promises.Single().Promise.AmountPence));
        Assert.Equal(awarded.Recorded, (await Client.AwardAllocationAsync(request, town.Officers.At(Central))).Recorded);
        request.CommandId = Officers.NewId();
        var refused = await Failure.OfAsync(async () => await Client.AwardAllocationAsync(request, town.Officers.At(Central)));
        Assert.Equal((StatusCode.FailedPrecondition, $"All recipients of {run.Id} have an award of it already."), (refused.Code, refused.Sentence));
    }

    [Theory]
    [InlineData("E06000047")]
    [InlineData("e06000047")]
    public async Task Awards_ForARecipientThatIsNamedTwice_AreRefusedByItsName(string again)
    {
        var run = await RecordAsync(Request(77_02));
        var before = await town.QuietAsync();
        var request = new AwardAllocationRequest { Body = Central, CommandId = Officers.NewId(), Allocation = run.Id, Recipients = { Durham, again } };

        var refused = await Failure.OfAsync(async () => await Client.AwardAllocationAsync(request, town.Officers.At(Central)));

        Assert.Equal(StatusCode.InvalidArgument, refused.Code);
        Assert.Contains("must name E06000047 once: it is there 2 times.", refused.Sentence, StringComparison.Ordinal);
        Assert.Equal(before, town.Sizes());
    }

    [Fact]
    public async Task Fund_ByFormulaOnly_IsRefusedToBids()
    {
        var fund = new OpenFundRequest
        {
            Body = Central,
            CommandId = Officers.NewId(),
            Name = "by-formula",
            Title = "By formula",
            Purpose = "Shared out by need.",
            Years = new YearWindow { FirstYear = Officers.Year, LastYear = Officers.Year },
            Split = { new SplitShare { Kind = Kind.Revenue, BasisPoints = 10_000 } },
            AwardsByFormulaOnly = true,
        };
        Assert.True((await new ProgrammeService.ProgrammeServiceClient(town.Federation.ToBody(Central)).OpenFundAsync(fund, town.Officers.At(Central))).Terms.AwardsByFormulaOnly);
        var bid = new OfferAwardRequest { Body = Central, CommandId = Officers.NewId(), Recipient = Durham, Fund = $"{Central}.by-formula", Promises = { Promise(1_00) } };

        var refused = await Failure.OfAsync(async () => await new AwardService.AwardServiceClient(town.Federation.ToBody(Central)).OfferAwardAsync(bid, town.Officers.At(Central)));
        Assert.Equal("Money of By formula is awarded by a formula only: record a run, and make the awards from it.", refused.Sentence);

        var request = Request(9_00);
        request.Fund = bid.Fund;
        var awarded = await Client.AwardAllocationAsync(
            new AwardAllocationRequest { Body = Central, CommandId = Officers.NewId(), Allocation = (await RecordAsync(request)).Id }, town.Officers.At(Central));
        Assert.Equal(9_00, awarded.Allocation.AwardedPence);
    }

    public static TheoryData<string, Action<RecordAllocationRequest>> Wrong => new()
    {
        { "add up to 99 %: they must add up to 100 %", request => request.Formula.Components[0].ShareBasisPoints = 9_900 },
        { "line 2, column population: -1 is below zero", request => request.Indicators.FiguresCsv = Figures.Replace("538011", "-1", StringComparison.Ordinal) },
        { "need needs need of County Durham", request => request.Indicators.FiguresCsv = Figures.Replace("28.808", "", StringComparison.Ordinal) },
        { "needs the indicator need", request => request.Indicators.DescriptionsCsv = Descriptions[..Descriptions.IndexOf("need", StringComparison.Ordinal)] },
        { "E06000047 stands twice", request => request.Indicators.FiguresCsv += "E06000047,County Durham,1,1\n" },
        { "its id is no body's", request => request.Indicators.FiguresCsv += "County Durham!,x,1,1\n" },
        { "E06000046 is no body that mhclg funds under an agreement", request => request.Indicators.FiguresCsv += "E06000046,Isle of Wight,1,1\n" },
        { "The floors (at least) add up to", request => request.Formula.Adjustments.Add(new Sent.Adjustment { Name = "at least", Floor = new Sent.Bound { AmountPence = 5_000_00 } }) },
        { "could not be awarded what it gets. Place Fund is for", request => request.Pot[0].FinancialYear = 2040 },
        { "with 1 to 100 characters on one line", request => request.Formula.Name = "two\nlines" },
        { "mhclg does not know a fund mhclg.nothing", request => request.Fund = "mhclg.nothing" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Run_ThatCannotBe_IsRefusedByNameAndLeavesNothing(string sentence, Action<RecordAllocationRequest> spoil)
    {
        var request = Request(500_00);
        spoil(request);
        var before = await town.QuietAsync();

        var failure = await Failure.OfAsync(async () => await Client.RecordAllocationAsync(request, town.Officers.At(Central)));

        Assert.Contains(sentence, failure.Sentence, StringComparison.Ordinal);
        Assert.Equal(before, town.Sizes());
    }

    [Fact]
    public async Task Tables_OfARun_AreNeverErased()
    {
        var run = await RecordAsync(Request(1_00));
        var documents = new DocumentService.DocumentServiceClient(town.Federation.ToBody(Central));

        var refused = await Failure.OfAsync(async () => await documents.EraseDocumentAsync(new EraseDocumentRequest { Body = Central, Document = run.Figures }, town.Officers.At(Central)));

        Assert.Equal(StatusCode.FailedPrecondition, refused.Code);
        Assert.Equal(Figures, (await documents.GetDocumentAsync(new GetDocumentRequest { Body = Central, Document = run.Figures })).Document.Words);
    }

    [Fact]
    public async Task Working_OfWhoIsNotInTheRun_IsNotHere()
    {
        var run = await RecordAsync(Request(1_00));
        var failure = await Failure.OfAsync(async () => await Client.ExplainAllocationAsync(new ExplainAllocationRequest { Body = Central, Allocation = run.Id, Recipient = Newcastle }));
        Assert.Equal(StatusCode.NotFound, failure.Code);
    }

    private static RecordAllocationRequest Request(long pence) => new()
    {
        Body = Central,
        CommandId = Officers.NewId(),
        Fund = Officers.FundId,
        Formula = SomeAllocation.ByNeed,
        Pot = { new Sent.PotLine { FinancialYear = Officers.Year, Kind = Kind.Revenue, AmountPence = pence } },
        Indicators = new IndicatorTables { DescriptionsCsv = Descriptions, FiguresCsv = Figures },
    };

    private static Promise Promise(long pence) => new() { FinancialYear = Officers.Year, Kind = Kind.Revenue, AmountPence = pence };

    private async Task<Sent.RecordedAllocation> RecordAsync(RecordAllocationRequest request) => (await Client.RecordAllocationAsync(request, town.Officers.At(Central))).Allocation;

    private static byte[] Hash(ReadOnlySpan<byte> salt, string words) => SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(words)]);
}
