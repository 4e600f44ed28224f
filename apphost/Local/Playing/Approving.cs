using FundingFlows.Contracts.Payments.V1;

namespace FundingFlows.Local;

/// <summary>Payments, and the second person whom some of them need.</summary>
internal sealed class Approving(Topology topology, Office office)
{
    private readonly Instructing instructing = new(topology, office);

    /// <summary>
    /// Pays bills; where one person is not enough, another approves. Where a council keeps the money, it is told of all of them, and pays.
    /// </summary>
    public async Task<IReadOnlyList<Payment>> PayAsync(string body, IReadOnlyList<Bill> bills, CancellationToken cancellation, int year = PlaceFund.Year)
    {
        var paid = new List<Payment>();
        var instructed = new List<string>();
        foreach (var bill in bills)
        {
            var (payment, instruction) = await PayOrInstructAsync(body, bill, year, cancellation);
            if (payment is not null)
                paid.Add(payment);
            else
                instructed.Add(instruction);
        }
        foreach (var instruction in instructed)
            await instructing.ExecuteAsync(body, instruction, cancellation);
        foreach (var instruction in instructed)
            paid.Add(await instructing.PaidAsync(body, instruction, cancellation));
        return paid;
    }

    private async Task<(Payment? Payment, string Instruction)> PayOrInstructAsync(string body, Bill bill, int year, CancellationToken cancellation)
    {
        var made = await MakeAsync(body, bill, $"pay {body} {bill.Step}", year, cancellation);
        if (made.Preparation is null)
            return (made.Payment, made.Instruction);
        var approved = await ApproveAsync(body, made.Preparation.Id, cancellation);
        return (approved.Payment, approved.Instruction);
    }

    /// <summary>
    /// A small bill of the same kind as a payment is paid, and prepared again by mistake. Who is to approve it has an interest in the
    /// payee, is refused, and sends it back.
    /// </summary>
    public async Task PayTwiceAsync(string body, Payment like, CancellationToken cancellation)
    {
        var payee = SampleBills.PayeeOf("GB-CHC", topology, topology.Body(body));
        var bill = new Bill("extra", like.Fund, like.Kind, like.Category, like.Place, payee, null, Math.Max(1, like.AmountPence / 100));
        await PayAsync(body, [bill], cancellation);
        var again = (await MakeAsync(body, bill, $"pay {body} {bill.Step} again", PlaceFund.Year, cancellation)).Preparation
            ?? throw new LocalException($"{body} paid the same bill twice, and nobody was asked.");
        var interest = new InterestPayee { Organisation = payee };
        await office.AskAsync(
            body, OfficerRoles.Approver,
            options => office.Interests.DeclareInterestAsync(new DeclareInterestRequest { Body = body, CommandId = office.CommandId($"interest {body}"), Payee = interest }, options), cancellation);
        await MustNotApproveAsync(body, again.Id, cancellation);
        await office.AskAsync(
            body, OfficerRoles.Approver,
            options => office.Payments.RejectPaymentAsync(
                new RejectPaymentRequest { Body = body, CommandId = office.CommandId($"reject {again.Id}"), Preparation = again.Id, Reasons = "Illustration: it was paid before." }, options),
            cancellation);
        await office.AskAsync(
            body, OfficerRoles.Approver,
            options => office.Interests.EndInterestAsync(new EndInterestRequest { Body = body, CommandId = office.CommandId($"no interest {body}"), Payee = interest }, options), cancellation);
    }

    private async Task<MakePaymentResponse> MakeAsync(string body, Bill bill, string step, int year, CancellationToken cancellation)
    {
        var project = await office.ProjectAsync(body, bill, cancellation);
        return await office.AskAsync(
            body, OfficerRoles.Preparer, options => office.Payments.MakePaymentAsync(bill.Request(body, office.CommandId(step), project, year), options), cancellation);
    }

    private Task<ApprovePaymentResponse> ApproveAsync(string body, string preparation, CancellationToken cancellation) => office.AskAsync(
        body, OfficerRoles.Approver,
        options => office.Payments.ApprovePaymentAsync(
            new ApprovePaymentRequest { Body = body, CommandId = office.CommandId($"approve {preparation}"), Preparation = preparation }, options),
        cancellation);

    /// <summary>Refused for the interest; in a year that is played again, because it was rejected since.</summary>
    private async Task MustNotApproveAsync(string body, string preparation, CancellationToken cancellation)
    {
        try
        {
            await ApproveAsync(body, preparation, cancellation);
        }
        catch (RpcException refusal) when (refusal.StatusCode is StatusCode.PermissionDenied or StatusCode.FailedPrecondition)
        {
            return;
        }
        throw new LocalException($"{body} let somebody approve a payment to whom they have an interest.");
    }
}
