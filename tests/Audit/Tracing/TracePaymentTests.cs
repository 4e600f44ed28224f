using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Audit.Tests;

/// <summary>Payments of a real federation, back to their source.</summary>
public sealed class TracePaymentTests(PlayedStory story)
{
    private static readonly (string Body, StepKind Kind)[] FourTiers =
    [
        (Central, StepKind.Issued), (Central, StepKind.Sent), (Region, StepKind.Received), (Region, StepKind.Sent),
        (Durham, StepKind.Received), (Durham, StepKind.Sent), (Easington, StepKind.Received), (Easington, StepKind.Paid),
    ];

    [Fact]
    public async Task Payment_OfOnePiece_HasOnePathFromItsSource()
    {
        var trace = await story.TraceAsync(story.OfOnePiece);

        Assert.True(trace.Holds);
        Assert.Equal(0, trace.PathsLeftOut);
        var path = Assert.Single(trace.Paths);
        Assert.Equal(4_000_01, path.AmountPence);
        Assert.Equal((SourceKind.ParliamentaryVote, "estimate-2026-27", Officers.FundId), (path.Source.Kind, path.Source.Reference, path.OriginFund));
        Assert.Equal(FourTiers, path.Steps.Select(step => (step.Body, step.Kind)));
        Assert.All(path.Steps, step => Assert.Equal((4_000_01L, $"Body {step.Body}", story.Federation.Topology.Body(step.Body).Tier), (step.AmountPence, step.OfficialName, step.Tier)));
        Assert.Equal([25_000_00, 25_000_00, 20_000_00, 20_000_00, 15_000_00, 15_000_00, 9_000_00, 9_000_00], path.Steps.Select(step => step.LotAmountPence));
        Assert.Equal(Enumerable.Repeat(Kind.Either, 6).Concat([Kind.Capital, Kind.Capital]), path.Steps.Select(step => step.Line.Kind));
        Assert.All(path.Steps, step => Assert.Equal(["neighbourhood-led"], step.Line.Earmarks));
        Assert.All(path.Steps, step => Assert.Equal((Officers.FundId, 2026, 2028), (step.Line.Fund, step.Line.Years.FirstYear, step.Line.Years.LastYear)));
    }

    [Fact]
    public async Task Payment_ThatIsTraced_IsShownAsItWasMade()
    {
        var payment = (await story.TraceAsync(story.OfOnePiece)).Payment;

        Assert.Equal((story.OfOnePiece, Easington, $"Body {Easington}", Officers.FundId), (payment.Id, payment.Body, payment.OfficialName, payment.Fund));
        Assert.Equal(("GB-CHC-0000001", "community-building", "E05009057"), (payment.Payee, payment.Category, payment.Place));
        Assert.Equal((4_000_01L, 1_01L), (payment.AmountPence, payment.RefundedPence));
    }

    [Fact]
    public async Task Steps_OfAPath_AreTheEntriesOfTheirLotsInTheOrderOfTime()
    {
        foreach (var path in (await story.TraceAsync(story.AfterRepayment)).Paths)
        {
            Assert.Equal(path.Steps.Select(step => step.RecordedAt.ToDateTimeOffset()).Order(), path.Steps.Select(step => step.RecordedAt.ToDateTimeOffset()));
            foreach (var step in path.Steps)
            {
                var entry = (await story.EntryAsync(step.Entry)).Entry;
                Assert.Equal(entry.RecordedAt, step.RecordedAt);
                Assert.Equal(step.Kind, entry.Fact.KindCase switch
                {
                    Fact.KindOneofCase.MoneyIssued => StepKind.Issued,
                    Fact.KindOneofCase.TransferSent => StepKind.Sent,
                    Fact.KindOneofCase.TransferReceived => StepKind.Received,
                    _ => StepKind.Paid,
                });
                AssertMadeOrDrew(entry.Fact, step);
            }
            // What one body sent is what the next received: a step's lot hangs on the one that was sent.
            foreach (var (before, after) in path.Steps.Zip(path.Steps.Skip(1)).Where(pair => pair.First.Body == pair.Second.Body))
                Assert.Equal(before.Lot, after.Lot);
        }
    }

    [Fact]
    public async Task Payment_OfSeveralPieces_HasAPathForEach()
    {
        var trace = await story.TraceAsync(story.OfTwoPieces);

        Assert.True(trace.Holds);
        Assert.Equal([60_000_01, 1_999_99], trace.Paths.Select(path => path.AmountPence));
        Assert.All(trace.Paths, path => Assert.Equal(FourTiers[..5].Append((Durham, StepKind.Paid)), path.Steps.Select(step => (step.Body, step.Kind))));
        Assert.Equal([60_000_01, 18_000_04], trace.Paths.Select(path => path.Steps[0].LotAmountPence));
        Assert.Equal(2, trace.Paths.Select(path => path.Steps[0].Entry).Distinct().Count());
        Assert.Single(trace.Paths.Select(path => path.Steps[^1].Entry).Distinct());
        Assert.All(trace.Paths, path => Assert.All(path.Steps, step => Assert.Equal(path.AmountPence, step.AmountPence)));
    }

    [Fact]
    public async Task Payment_FromMoneyThatCameBack_ShowsTheWholeWay()
    {
        var trace = await story.TraceAsync(story.AfterRepayment);

        Assert.Equal([5_000_00, 300_00], trace.Paths.Select(path => path.AmountPence));
        Assert.Equal([Central, Region, Newcastle, Byker], trace.Paths[0].Steps.Select(step => step.Body).Distinct());
        Assert.Equal(
            [Central, Central, Region, Region, Durham, Durham, Region, Region, Newcastle, Newcastle, Byker, Byker],
            trace.Paths[1].Steps.Select(step => step.Body));
    }

    /// <summary>The entry made the step's lot (issued, received), or drew as much from it (sent, paid).</summary>
    private static void AssertMadeOrDrew(Fact fact, TraceStep step)
    {
        Assert.True(LotId.TryParse(step.Lot, out var lot));
        switch (fact.KindCase)
        {
            case Fact.KindOneofCase.MoneyIssued:
                Assert.Equal(step.LotAmountPence, fact.MoneyIssued.Lots[lot.Ordinal].AmountPence);
                break;
            case Fact.KindOneofCase.TransferReceived:
                Assert.Equal((step.LotAmountPence, step.Line), (fact.TransferReceived.Lots[lot.Ordinal].AmountPence, fact.TransferReceived.Lots[lot.Ordinal].Line));
                break;
            case Fact.KindOneofCase.TransferSent:
                Assert.Contains(fact.TransferSent.Pieces, piece => LotId.From(piece.Lot) == lot && piece.AmountPence >= step.AmountPence);
                break;
            default:
                Assert.Contains(fact.PaymentMade.Pieces, piece => LotId.From(piece.Lot) == lot && piece.AmountPence == step.AmountPence);
                break;
        }
    }
}
