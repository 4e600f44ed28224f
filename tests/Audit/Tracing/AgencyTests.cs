using static FundingFlows.Audit.Tests.ForgedFederation;

namespace FundingFlows.Audit.Tests;

/// <summary>Who decided a payment and who made it, where these are two.</summary>
public sealed class AgencyTests
{
    [Fact]
    public async Task Payment_UnderCustody_ShowsWhoDecidedAndWhoPaid()
    {
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        federation.PlayFourTiers();
        var instruction = federation.Instruct(10_00);
        var executed = federation.Execute(instruction);
        federation.Carry();
        var payment = federation[Forum].Books.Instructions.Find(instruction)!.PaidAs!.Value;
        var books = await auditing.ReconciledAsync();

        var trace = await auditing.Audit.TracePaymentAsync(new TracePaymentRequest { Payment = payment.ToString() });

        Assert.True(books is { Reconciled: true, Complete: true } && trace.Holds);
        Assert.Equal((Forum, Council, $"Body {Council}"), (trace.Payment.Body, trace.Payment.PaidBy, trace.Payment.PaidByName));
        Assert.Equal((StepKind.Instructed, Forum, instruction.ToString()), (trace.Agency.Decided.Kind, trace.Agency.Decided.Body, trace.Agency.Decided.Entry));
        Assert.Equal((StepKind.Executed, Council, executed.ToString()), (trace.Agency.Paid.Kind, trace.Agency.Paid.Body, trace.Agency.Paid.Entry));
        Assert.True(trace.Agency.Decided.Holds && trace.Agency.Paid.Holds);
        // The money itself never went that way: it is the forum's.
        Assert.Equal(Forum, trace.Paths.Single().Steps[^1].Body);
    }

    [Fact]
    public async Task Payment_WhoseExecutionIsNotSeenYet_IsTracedAsFarAsIsKnown()
    {
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        federation.PlayFourTiers();
        var instruction = federation.Instruct(10_00);
        federation[Council].Shown = federation[Council].Size;
        var executed = federation.Execute(instruction);
        federation.Carry();
        var payment = federation[Forum].Books.Instructions.Find(instruction)!.PaidAs!.Value;
        await auditing.ReconciledAsync();

        var before = await auditing.Audit.TracePaymentAsync(new TracePaymentRequest { Payment = payment.ToString() });
        federation[Council].Shown = long.MaxValue;
        await auditing.ReconciledAsync();
        var after = await auditing.Audit.TracePaymentAsync(new TracePaymentRequest { Payment = payment.ToString() });

        Assert.Null(before.Agency.Paid);
        Assert.Equal(executed.ToString(), after.Agency.Paid.Entry);
    }

    [Fact]
    public async Task Payment_OfABodyThatPaysItself_HasNoAgency()
    {
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        federation.PlayFourTiers();
        var payment = federation.Pay(Forum, Kind.Revenue, 1_00);
        await auditing.ReconciledAsync();

        var trace = await auditing.Audit.TracePaymentAsync(new TracePaymentRequest { Payment = payment.ToString() });

        Assert.Equal((null, ""), (trace.Agency, trace.Payment.PaidBy));
    }

    [Fact]
    public async Task Payment_ByABodyThatIsNobodyInLaw_IsFound()
    {
        var federation = new ForgedFederation(LegalForm.Unincorporated);
        await using var auditing = await Auditing.StartAsync(federation);
        federation[Forum].Do(new OpenFund(
            FundName, "A jumble sale", new DocumentDigest { Sha256 = Google.Protobuf.ByteString.CopyFrom(new byte[32]) }, new Years(Year, Year), [new SplitShare { Kind = Kind.Capital, BasisPoints = 10_000 }], [], FundRules.None));
        federation[Forum].Do(new IssueMoney($"{Forum}.{FundName}", new SourceId(SourceKind.Income, "jumble-sale"), 100_00));
        var payment = federation.PayFrom(federation.CapitalOf(Forum), 1_00, made => made.Fund = $"{Forum}.{FundName}");

        var books = await auditing.ReconciledAsync();

        Assert.Equal([Check.PaidAsInstructed], books.Checks.Where(check => !check.Holds).Select(check => check.Check));
        Assert.Contains($"{Forum} made payment {payment} itself; it is unincorporated", books.Checks.Single(check => !check.Holds).Findings.Single(), StringComparison.Ordinal);
    }
}
