using Microsoft.Extensions.Logging;
using static FundingFlows.Audit.Tests.ForgedFederation;

namespace FundingFlows.Audit.Tests;

/// <summary>A copy that was altered on the auditor's own disk is named as the auditor's fault, and no body's.</summary>
public sealed class DamagedCopyTests
{
    public static TheoryData<string> Names => [.. Damages.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Copy_ThatWasAltered_IsTheAuditorsFaultAndTheOthersGoOn(string damage)
    {
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        federation.PlayFourTiers();
        await auditing.ReconciledAsync();
        await auditing.StopAuditorAsync();

        Damages.All[damage].Do(auditing.Copy, federation[Forum]);
        await auditing.StartAuditorAsync();
        await Wait.UntilAsync(() => auditing.CoverageAsync(Forum), found => found.OwnCopyDamaged.Length > 0, "the damage being said");
        var payment = federation.Pay(Council, Kind.Capital, 1_00);
        var books = await auditing.ReconciledAsync(Forum);

        var size = federation[Forum].Size;
        var where = string.Format(System.Globalization.CultureInfo.InvariantCulture, Damages.All[damage].Says, size, size - 1, Damages.PaymentIn(federation[Forum]).Index);
        var sentence = $"The auditor's own copy of the journal of {Forum}, epoch 1, is damaged: {where}. This is no fault of {Forum}.";
        var coverage = (await auditing.Audit.GetCoverageAsync(new GetCoverageRequest())).Journals;
        Assert.Equal([(Forum, sentence)], coverage.Where(journal => journal.OwnCopyDamaged.Length > 0).Select(journal => (journal.Body, journal.OwnCopyDamaged)));
        var bodies = (await auditing.Audit.ListBodiesAsync(new ListBodiesRequest())).Bodies;
        Assert.Equal([(Forum, sentence)], bodies.Where(body => body.OwnCopyDamaged.Length > 0).Select(body => (body.Id, body.OwnCopyDamaged)));
        Assert.Single(auditing.Log.Lines, line => line.Level == LogLevel.Critical && line.Line.Contains(sentence, StringComparison.Ordinal));
        // Nobody is accused, nothing of the altered copy is shown, and nothing is called complete.
        Assert.All(coverage, journal => Assert.Empty(journal.Quarantined));
        Assert.Empty(books.Checks.SelectMany(check => check.Findings));
        Assert.True(books is { Reconciled: true, Complete: false });
        Assert.Empty((await auditing.Audit.ListPaymentsAsync(new ListPaymentsRequest { Body = Forum })).Payments);
        // What the forum was sent may have arrived: that is not known now.
        Assert.Equal(200_00, books.InTransitPence);
        Assert.Equal(books.IssuedPence, books.HeldPence + books.InTransitPence + books.SpentPence);
        await auditing.HoldsAsync(payment);
    }

    [Fact]
    public async Task Copy_OfWhoRegistersOthers_IsNeededToBelieveThem()
    {
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        federation.PlayFourTiers();
        await auditing.ReconciledAsync();
        await auditing.StopAuditorAsync();

        auditing.Copy.AlterRoot(Council);
        await auditing.StartAuditorAsync();
        await Wait.UntilAsync(() => auditing.CoverageAsync(Council), found => found.OwnCopyDamaged.Length > 0, "the damage being said");
        var books = await auditing.ReconciledAsync(Council, Forum);

        Assert.Equal(
            [(Council, true, 0UL), (Forum, false, 0UL), (Central, true, (ulong)federation[Central].Size), (Region, true, (ulong)federation[Region].Size)],
            (await auditing.Audit.GetCoverageAsync(new GetCoverageRequest())).Journals.Select(journal => (journal.Body, journal.Registered, journal.Applied)));
        Assert.True(books is { Reconciled: true, Complete: false });
    }

    [Fact]
    public async Task Copy_ThatWasRemoved_IsReadAfreshFromTheBodies()
    {
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        federation.PlayFourTiers();
        var before = await auditing.ReconciledAsync();
        await auditing.StopAuditorAsync();

        auditing.Copy.RemoveAll();
        await auditing.StartAuditorAsync();

        Assert.Equal(before, await auditing.ReconciledAsync());
    }

    [Fact]
    public async Task Entry_AlteredWhileTheAuditorRuns_DoesNotHold()
    {
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        federation.PlayFourTiers();
        await auditing.ReconciledAsync();
        var payment = Damages.PaymentIn(federation[Council]);

        foreach (var altered in new[] { Damages.MoreThan(federation[Council].EntryAt(payment.Index)), [0xff, 0xff] })
        {
            Assert.NotEqual(federation[Council][payment.Index], altered);
            auditing.Copy.Alter(payment, altered);

            var trace = await auditing.Audit.TracePaymentAsync(new TracePaymentRequest { Payment = payment.ToString() });

            Assert.False(trace.Holds);
            Assert.All(trace.Paths.SelectMany(path => path.Steps), step => Assert.Equal(step.Entry != payment.ToString(), step.Holds));
            // What it says has been in memory since it was verified.
            Assert.Equal(300_00, trace.Payment.AmountPence);
        }
    }
}
