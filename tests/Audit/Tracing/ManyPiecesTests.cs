using static FundingFlows.Audit.Tests.ForgedFederation;

namespace FundingFlows.Audit.Tests;

/// <summary>Payments and transfers of more pieces than one entry holds.</summary>
public sealed class ManyPiecesTests
{
    [Fact]
    public async Task Payment_OfMorePiecesThanAreShown_SaysHowManyAreLeftOut()
    {
        const int Pieces = 300;
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        federation.OpenFund();
        for (var i = 0; i < Pieces; i++)
            federation.Issue(10_00);
        var payment = federation.Pay(Central, Kind.Capital, Pieces * 6_00);
        var later = federation.Pay(Central, Kind.Revenue, 1_00);
        var books = await auditing.ReconciledAsync();

        var trace = await auditing.Audit.TracePaymentAsync(new TracePaymentRequest { Payment = payment.ToString() });

        Assert.Equal((256, Pieces - 256), (trace.Paths.Count, trace.PathsLeftOut));
        Assert.Equal(Pieces * 6_00, trace.Payment.AmountPence);
        Assert.True(trace.Holds);
        // It takes two entries, and is one payment.
        Assert.Equal(2, books.Payments);
        Assert.Equal([$"{later}", $"{payment}"], (await auditing.Audit.ListPaymentsAsync(new ListPaymentsRequest())).Payments.Select(listed => listed.Id));
        Assert.True(books.Reconciled);
    }

    [Fact]
    public async Task Payment_FromATransferOfSeveralParts_NamesThePartThatSentEachPiece()
    {
        const int Pieces = 300;
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        federation.OpenFund();
        for (var i = 0; i < Pieces; i++)
            federation.Issue(10_00);
        federation.Agree(Central, Region);
        var award = federation.Award(Central, Region, Kind.Capital, Pieces * 6_00);
        var sent = federation.Release(award, Kind.Capital, Pieces * 6_00);
        federation.Carry();
        // The first takes all that the first part brought but one piece, the second that and one of the second part.
        federation.Pay(Region, Kind.Capital, 255 * 6_00);
        var payment = federation.Pay(Region, Kind.Capital, 2 * 6_00);
        Assert.True((await auditing.ReconciledAsync()) is { Reconciled: true, Transfers: 1, Payments: 2 });

        var trace = await auditing.Audit.TracePaymentAsync(new TracePaymentRequest { Payment = payment.ToString() });

        Assert.True(trace.Holds);
        Assert.Equal([6_00, 6_00], trace.Paths.Select(path => path.AmountPence));
        var steps = trace.Paths.Select(path => path.Steps.Single(step => step.Kind == StepKind.Sent)).ToList();
        Assert.Equal([$"{sent}", $"{sent with { Index = sent.Index + 1 }}"], steps.Select(step => step.Entry));
        foreach (var step in steps)
        {
            Assert.True(EntryId.TryParse(step.Entry, out var part));
            Assert.True(LotId.TryParse(step.Lot, out var lot));
            Assert.Contains(federation[Central].EntryAt(part.Index).Fact.TransferSent.Pieces, piece => LotId.From(piece.Lot) == lot);
        }
    }
}
