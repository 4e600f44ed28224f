using System.Security.Cryptography;
using System.Text;
using FundingFlows.Allocations;
using FundingFlows.Contracts.Allocation.V1;
using Google.Protobuf;

namespace FundingFlows.Verifier.Tests;

/// <summary>Recorded runs of a formula, worked out again from the journal and the tables.</summary>
public sealed class AllocationTests : IDisposable
{
    private const string Descriptions = "indicator,unit,source,as_of\npeople,people,ONS mid-2024,2024-06-30\nlast_year,pounds,Made up,2026-03-31\n";
    private const string Figures = "id,name,people,last_year\nE06000001,Hartlepool,98180,300000\nE06000002,Middlesbrough,156161,200000\nE06000047,County Durham,538011,500000\n";
    private const string Named = "made.1.2";
    private readonly TempFolder folder = new();
    private readonly MadeJournal made = MadeJournal.Of(2);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Run_WhoseTablesAreThere_IsWorkedOutToTheSamePence(int parts)
    {
        Record(Recorded(), parts);

        var run = await VerifyAsync("--recipient", "E06000047");

        run.Holds();
        Assert.StartsWith("County Durham gets £6,611.05 in 2026-27: £6,790.06 because 538,011 people live there, £179.01 less because", run.Output, StringComparison.Ordinal);
        Assert.Contains("It holds: £10,000.01 of made.pot is shared out by the formula By people, and each of 3 recipients gets the same pence again", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ThatGivesAPennyElsewhere_DoesNotHold()
    {
        var recorded = Recorded();
        recorded.Shares[0].AmountPence[0]--;
        recorded.Shares[2].AmountPence[0]++;
        Record(recorded);

        var run = await VerifyAsync();

        run.Finds("E06000001 gets £1,415.19 by the formula, and made.1.2 gives it £1,415.18.");
        run.Finds("E06000047 gets");
        Assert.DoesNotContain("E06000002", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ThatLeavesOneOutOrHasAStranger_DoesNotHold()
    {
        var recorded = Recorded();
        recorded.Shares[1].Recipient = "E06000003";
        recorded.Shares.Add(new AllocationShare { Recipient = "E06000047", AmountPence = { long.MaxValue, long.MaxValue } });
        Record(recorded);

        var run = await VerifyAsync();

        run.Finds("E06000002 gets", "does not have it");
        run.Finds("gives E06000003", "not in the table");
        run.Finds("E06000047 stands in made.1.2 twice");
    }

    [Theory]
    [InlineData("figures", "98180", "98181")]
    [InlineData("figures", "E06000047,", "E06000048,")]
    [InlineData("indicators", "mid-2024", "mid-2023")]
    public async Task Tables_ThatAreAltered_AreNoTablesOfTheRun(string table, string was, string now)
    {
        Record(Recorded());

        (await VerifyAsync(tables => tables.Replace(was, now, StringComparison.Ordinal))).Finds($"The table of {table} is not the one");
    }

    [Fact]
    public async Task Tables_ThatNoFormulaCanUse_AreNamedWithTheirLine()
    {
        var recorded = Recorded();
        var figures = Figures.Replace("98180", "-1", StringComparison.Ordinal);
        recorded.Figures = Digest(figures);
        Record(recorded);

        (await VerifyAsync(_ => Tables(figures))).Finds("It cannot be worked out", "line 2, column people: -1 is below zero");
    }

    [Fact]
    public async Task Formula_OfNoRule_IsFound()
    {
        var recorded = Recorded();
        recorded.Formula.Components[0].ClearRule();
        Record(recorded);

        (await VerifyAsync()).Finds("It cannot be worked out", "formula.components[0] must name one rule");
    }

    [Fact]
    public async Task Run_OfAnotherVersionOfTheArithmetic_CannotBeJudged()
    {
        var recorded = Recorded();
        recorded.Arithmetic = 2;
        Record(recorded);

        (await VerifyAsync()).CannotRead("version 2 of the arithmetic");
    }

    [Theory]
    [InlineData("made.1.1")]
    [InlineData("other.1.2")]
    public async Task Entry_ThatRecordsNoRunOfThatName_CannotBeJudged(string run)
    {
        Record(Recorded());

        (await VerifyAsync(tables => tables, run)).CannotRead("is not the one that records the run");
    }

    [Theory]
    [InlineData("made.1.99", "There is no entry 99")]
    [InlineData("something", "something is no id of a run")]
    public async Task Id_OfNoEntry_CannotBeRead(string run, string says)
    {
        Record(Recorded());

        (await VerifyAsync(tables => tables, run)).CannotRead(says);
    }

    [Fact]
    public async Task File_ThatIsNoTables_CannotBeRead()
    {
        Record(Recorded());

        (await VerifyAsync(_ => "no tables")).CannotRead("tables.json is no file of tables");
    }

    [Fact]
    public async Task Journal_WithoutItsKeyOrByAnother_DoesNotHold()
    {
        Record(Recorded());
        File.WriteAllText(folder["tables.json"], Tables(Figures));

        (await Run.VerifyAsync("allocation", folder["made/1"], Named, folder["tables.json"])).CannotRead("without the key of test-federation/made/1");
        (await Run.VerifyAsync("allocation", folder["made/1"], Named, folder["tables.json"], "--key", $"{VerifierKey.Of(made.Origin, BodyKey.Generate().PublicKey)}"))
            .Finds("the checkpoint is not signed with the key");
    }

    [Fact]
    public async Task Recipient_WhoIsNotInTheRun_IsNamed()
    {
        Record(Recorded());

        (await VerifyAsync("--recipient", "E06000099")).CannotRead("E06000099 is not in the run");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Run_WhosePartsAreNotNumberedFromOne_CannotBeJudged(uint first)
    {
        Record(Recorded(), parts: 3, first);

        (await VerifyAsync()).CannotRead("is not the one that records the run");
    }

    private static AllocationRecorded Recorded()
    {
        var formula = new Contracts.Allocation.V1.Formula
        {
            Name = "By people",
            Components = { new Contracts.Allocation.V1.Component { Name = "people", ShareBasisPoints = 10_000, PerHead = new Contracts.Allocation.V1.PerHead { Count = "people" } } },
            Adjustments = { new Contracts.Allocation.V1.Adjustment { Name = "a tenth stays", Damping = new Contracts.Allocation.V1.Damping { CountedBasisPoints = 9_000, LastYear = "last_year" } } },
        };
        var recorded = new AllocationRecorded
        {
            Fund = "made.pot",
            TermsVersion = 1,
            Formula = formula,
            Pot =
            {
                new Promise { FinancialYear = 2026, Kind = Kind.Revenue, AmountPence = 10_000_01 },
            },
            Descriptions = Digest(Descriptions),
            Figures = Digest(Figures),
            Arithmetic = 1,
            Recipients = 3,
        };
        var table = CsvIndicators.Read(new CsvText("d", Descriptions), new CsvText("f", Figures)).Value;
        var read = new WrittenFormula((field, fault) => Assert.Fail($"{field} {fault}")).Read("formula", formula);
        recorded.Shares.Add(RecordedShares.Of(Allocations.Run.Of(new RunInputs(read, RecordedShares.Read(recorded.Pot), table)).Value));
        return recorded;
    }

    private static ByteString Salt { get; } = ByteString.CopyFrom([.. Enumerable.Range(0, 16).Select(i => (byte)i)]);

    private static DocumentDigest Digest(string words) => new() { Sha256 = ByteString.CopyFrom(SHA256.HashData([.. Salt.Span, .. Encoding.UTF8.GetBytes(words)])) };

    private static string Tables(string figures) => JsonFormatter.Default.Format(new GetAllocationInputsResponse
    {
        Indicators = new IndicatorTables { DescriptionsCsv = Descriptions, FiguresCsv = figures },
        DescriptionsSalt = Salt,
        FiguresSalt = Salt,
    });

    /// <summary>Where there are several parts, they are numbered from 1 as the sequencer does, and each but the first holds shares alone.</summary>
    private void Record(AllocationRecorded recorded, int parts = 1, uint first = 1)
    {
        var rest = recorded.Shares.Skip(recorded.Shares.Count - parts + 1).ToList();
        foreach (var share in rest)
            recorded.Shares.Remove(share);
        made.Add(new Fact { AllocationRecorded = recorded }, rest.Count == 0 ? 0 : first, rest.Count == 0 ? 0 : (uint)parts);
        foreach (var (share, part) in rest.Select((share, i) => (share, first + (uint)i + 1)))
            made.Add(new Fact { AllocationRecorded = new AllocationRecorded { Shares = { share } } }, part, (uint)parts);
        made.SaveTo(folder["made/1"]);
    }

    private Task<Run> VerifyAsync(params string[] more) => VerifyAsync(tables => tables, Named, more);

    private Task<Run> VerifyAsync(Func<string, string> spoil, string run = Named, params string[] more)
    {
        File.WriteAllText(folder["tables.json"], spoil(Tables(Figures)));
        return Run.VerifyAsync(["allocation", folder["made/1"], run, folder["tables.json"], "--key", $"{made.Key}", .. more]);
    }
}
