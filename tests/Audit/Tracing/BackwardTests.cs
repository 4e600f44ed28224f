using static FundingFlows.Audit.Tests.ForgedFederation;

namespace FundingFlows.Audit.Tests;

/// <summary>Paths of payments whose money had an eventful life.</summary>
public sealed class BackwardTests
{
    [Fact]
    public async Task Money_ThatNobodyReleased_IsTracedAsPassedOnAtOnce()
    {
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        var passedOn = federation.WithMoney()[Region].Write([.. federation.NextOfRegion()]);
        federation.Carry();
        // What the council had before is drawn first, and was released by people.
        var payment = federation.Pay(Council, Kind.Capital, 100_00 + 20_00);
        Assert.True((await auditing.ReconciledAsync()).Reconciled);

        var trace = await auditing.Audit.TracePaymentAsync(new TracePaymentRequest { Payment = payment.ToString() });

        Assert.Equal([$"{passedOn}"], trace.Paths.SelectMany(path => path.Steps).Where(step => step.PassedOnAtOnce).Select(step => step.Entry));
        Assert.Contains(trace.Paths.SelectMany(path => path.Steps), step => step is { Kind: StepKind.Sent, PassedOnAtOnce: false });
    }

    [Fact]
    public async Task Payment_FromMoneyThatWentUpAndDownAgain_PassesTheSameBodiesTwice()
    {
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        federation.OpenFund();
        federation.Issue(100_00);
        federation.Agree(Central, Region);
        federation.Agree(Region, Council);
        var toRegion = federation.Award(Central, Region, Kind.Capital, 100_00);
        var toCouncil = federation.Award(Region, Council, Kind.Capital, 100_00);
        Move(federation, () => federation.Release(toRegion, Kind.Capital, 60_00));
        Move(federation, () => federation.Release(toCouncil, Kind.Capital, 30_00));
        Move(federation, () => federation.Repay(Council, toCouncil, 30_00));
        Move(federation, () => federation.Repay(Region, toRegion, 60_00));
        Move(federation, () => federation.Release(toRegion, Kind.Capital, 40_00));
        Move(federation, () => federation.Release(toCouncil, Kind.Capital, 40_00));
        var payment = federation.Pay(Council, Kind.Capital, 35_00);
        Assert.True((await auditing.ReconciledAsync()).Reconciled);

        var trace = await auditing.Audit.TracePaymentAsync(new TracePaymentRequest { Payment = payment.ToString() });

        // £30 went to the region alone before; the other £5 went all the way down and up again first.
        Assert.True(trace.Holds);
        Assert.Equal([30_00, 5_00], trace.Paths.Select(path => path.AmountPence));
        AssertWay(trace.Paths[0], Central, Region, Central, Region, Council);
        AssertWay(trace.Paths[1], Central, Region, Council, Region, Central, Region, Council);
    }

    [Fact]
    public async Task Payment_FromMoneyThatWasRefusedOnce_ShowsThatItCameBack()
    {
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        federation.OpenFund();
        federation.Issue(100_00);
        federation.Agree(Central, Region);
        var award = federation.Award(Central, Region, Kind.Capital, 60_00);
        var refused = federation.Release(award, Kind.Capital, 60_00);
        federation.Refuse(refused);
        federation.Release(award, Kind.Capital, 60_00);
        federation.Carry();
        var payment = federation.Pay(Region, Kind.Capital, 5_00);
        var books = await auditing.ReconciledAsync();

        var trace = await auditing.Audit.TracePaymentAsync(new TracePaymentRequest { Payment = payment.ToString() });

        Assert.True(books is { Reconciled: true, Complete: true });
        var path = Assert.Single(trace.Paths);
        Assert.Equal([StepKind.Issued, StepKind.Reversed, StepKind.Sent, StepKind.Received, StepKind.Paid], path.Steps.Select(step => step.Kind));
        Assert.Equal([Central, Central, Central, Region, Region], path.Steps.Select(step => step.Body));
        Assert.All(path.Steps, step => Assert.Equal(5_00, step.AmountPence));
        Assert.True(trace.Holds);
        var nowhere = await auditing.Audit.TraceForwardAsync(new TraceForwardRequest { Transfer = refused.ToString() });
        Assert.Equal(0, nowhere.AmountPence);
        Assert.Empty(nowhere.Nodes);
    }

    [Fact]
    public async Task Payment_FromMoneyThatWasMerged_ShowsTheFundThatItWentInto()
    {
        const string Pooled = $"{Central}.pooled";
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        federation.OpenFund(mergeInto: Pooled);
        federation.OpenFund("pooled");
        federation.Issue(100_00);
        federation.Agree(Central, Region);
        var award = federation.Award(Central, Region, Kind.Capital, 60_00);
        var refused = federation.Release(award, Kind.Capital, 40_00);
        federation[Central].Do(new MergePots(FundId, Pooled, null, 10));
        federation.Refuse(refused);
        var payment = federation.Pay(Central, Kind.Capital, 55_00, fund: Pooled);
        var books = await auditing.ReconciledAsync();

        var trace = await auditing.Audit.TracePaymentAsync(new TracePaymentRequest { Payment = payment.ToString() });
        var forward = await auditing.Audit.TraceForwardAsync(new TraceForwardRequest { Fund = FundId, PageSize = 100 });

        Assert.True(books is { Reconciled: true, Complete: true } && trace.Holds);
        // £20 was merged where it lay; £35 of the £40 that came back was merged then.
        Assert.Equal([20_00, 35_00], trace.Paths.Select(path => path.AmountPence));
        Assert.Equal([StepKind.Issued, StepKind.Relabelled, StepKind.Paid], trace.Paths[0].Steps.Select(step => step.Kind));
        Assert.Equal([StepKind.Issued, StepKind.Reversed, StepKind.Relabelled, StepKind.Paid], trace.Paths[1].Steps.Select(step => step.Kind));
        Assert.Equal([FundId, FundId, Pooled, Pooled], trace.Paths[1].Steps.Select(step => step.Line.Fund));
        Assert.All(trace.Paths, path => Assert.Equal(FundId, path.OriginFund));
        Assert.Equal(100_00, forward.AmountPence);
        Assert.Equal(4, forward.Nodes.Count(node => node.Fund == Pooled && !node.IsPayment));
        Assert.Equal(45_00, forward.Nodes.Where(node => node.Fund == Pooled && !node.IsPayment).Sum(node => node.RemainingPence));
    }

    [Fact]
    public async Task Payment_WhoseSenderIsNotSeenYet_IsTracedAsFarAsIsKnown()
    {
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        var (_, toCouncil, _) = federation.PlayFourTiers();
        federation[Region].Shown = federation[Region].Size;
        var sent = federation.Release(toCouncil, Kind.Capital, 20_00);
        federation.Carry();
        var payment = federation.Pay(Council, Kind.Capital, 120_00);
        var before = await auditing.ReconciledAsync();
        var partly = await auditing.Audit.TracePaymentAsync(new TracePaymentRequest { Payment = payment.ToString() });
        federation[Region].Shown = long.MaxValue;
        var after = await auditing.ReconciledAsync();
        var whole = await auditing.Audit.TracePaymentAsync(new TracePaymentRequest { Payment = payment.ToString() });

        // Money that came from an entry which nobody has shown is not yet accounted for.
        var unheard = Assert.Single(before.InTransit);
        Assert.Equal((sent.ToString(), Region, Council, 20_00L, true), (unheard.Transfer, unheard.Sender, unheard.Receiver, unheard.AmountPence, unheard.Received));
        Assert.Null(unheard.SentAt);
        Assert.False(before.Complete);
        Assert.True(before.Reconciled);
        Assert.True(after is { Reconciled: true, Complete: true });
        Assert.Equal([StepKind.Issued, StepKind.Sent, StepKind.Received, StepKind.Received, StepKind.Paid], partly.Paths[^1].Steps.Select(step => step.Kind));
        Assert.Equal([StepKind.Issued, StepKind.Sent, StepKind.Received, StepKind.Sent, StepKind.Received, StepKind.Paid], whole.Paths[^1].Steps.Select(step => step.Kind));
    }

    [Fact]
    public async Task Lot_ThatSaysItComesFromItself_IsNamedAndNotWalkedForEver()
    {
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        var (_, _, toForum) = federation.PlayFourTiers();
        var sent = federation.Release(toForum, Kind.Either, 10_00, ForForums);
        var received = federation.Receive(Council, Forum, fact => fact.TransferReceived.Lots.Single().Parent = new LotId(federation[Forum].Next, 0).ToRef());
        var payment = federation.PayFrom(federation[Forum].Books.Lots.All[^1], 1_00);
        var books = await auditing.ReconciledAsync();

        var back = await auditing.Audit.TracePaymentAsync(new TracePaymentRequest { Payment = payment.ToString() });
        var forward = await auditing.Audit.TraceForwardAsync(new TraceForwardRequest { Transfer = sent.ToString() });

        Assert.Equal([Check.TransfersMatch, Check.Containment], books.Checks.Where(check => !check.Holds).Select(check => check.Check));
        Assert.Contains($"Lot {received}.0 ", books.Checks.Single(check => check.Check == Check.Containment).Findings.Single(), StringComparison.Ordinal);
        Assert.Equal(StepKind.Paid, back.Paths.Single().Steps[^1].Kind);
        Assert.Equal(10_00, forward.AmountPence);
    }

    private static void Move(ForgedFederation federation, Func<EntryId> send)
    {
        send();
        federation.Carry();
    }

    /// <summary>Issued and sent by the first body, received and sent by each further one, received and paid by the last.</summary>
    private static void AssertWay(TracePath path, params string[] bodies)
    {
        Assert.Equal(bodies.SelectMany(body => new[] { body, body }), path.Steps.Select(step => step.Body));
        Assert.Equal(
            [StepKind.Issued, .. Enumerable.Repeat(new[] { StepKind.Sent, StepKind.Received }, bodies.Length - 1).SelectMany(pair => pair), StepKind.Paid],
            path.Steps.Select(step => step.Kind));
        Assert.All(path.Steps, step => Assert.True(step.Holds));
        var times = path.Steps.Select(step => step.RecordedAt.ToDateTimeOffset()).ToList();
        Assert.Equal(times.Order(), times);
    }
}
