using FundingFlows.Contracts.Custody.V1;
using FundingFlows.Contracts.Payments.V1;
using Google.Type;

namespace FundingFlows.Local;

/// <summary>Councils pay what forums whose money they keep have decided. Two payments are refused, and both forums appeal.</summary>
internal sealed class Instructing(Topology topology, Office office)
{
    private const long RefusedPence = 1_200_00;
    private const long UpheldPence = 340_00;
    private static readonly Date Day = new() { Year = PlaceFund.Year, Month = 7, Day = 1 };
    private readonly Arranging arranging = new(topology, office);

    /// <summary>Null: no council keeps the money of two forums that have any.</summary>
    public async Task<OverruledRefusal?> PlayAsync(CancellationToken cancellation)
    {
        var kept = topology.OfTier(Tier.NeighbourhoodForum).Where(forum => forum.FundedBy.Count > 0 && AgentOf(forum.Id).Length > 0).Take(2).ToList();
        if (kept.Count < 2)
            return null;
        await Task.WhenAll(OverruleAsync(kept[0], cancellation), UpholdAsync(kept[1], cancellation));
        return new OverruledRefusal(kept[0].Name, topology.Body(AgentOf(kept[0].Id)).Name, RefusedPence, UpheldPence);
    }

    /// <summary>The council pays.</summary>
    public async Task ExecuteAsync(string forum, string instruction, CancellationToken cancellation)
    {
        var agent = AgentOf(forum);
        await office.AskWhenItComesAsync(
            agent, OfficerRoles.Approver,
            options => office.Instructions.ExecuteInstructionAsync(
                new ExecuteInstructionRequest
                {
                    Body = agent,
                    CommandId = office.CommandId($"execute {instruction}"),
                    Instruction = instruction,
                    PaidOn = Day,
                    Evidence = "Illustration: an invented line of a bank statement.",
                },
                options),
            $"The instruction {instruction} at {agent}", cancellation);
    }

    /// <summary>The payment as it stands in the forum's books, once the forum has heard of it.</summary>
    public async Task<Payment> PaidAsync(string forum, string instruction, CancellationToken cancellation)
    {
        var found = await UntilAsync(forum, instruction, found => found.State == InstructionState.Executed, cancellation);
        return (await office.ReadAsync(
            forum, options => office.Payments.GetPaymentAsync(new GetPaymentRequest { Body = forum, Payment = found.PaidAs }, options), cancellation)).Payment;
    }

    /// <summary>A refusal that an appeal overturns: the forum instructs the same payment again, and it is paid.</summary>
    private async Task OverruleAsync(TopologyBody forum, CancellationToken cancellation)
    {
        var bill = BillOf(forum, "garden", RefusedPence);
        var project = await office.ProjectAsync(forum.Id, bill, cancellation);
        var refused = await InstructAsync(forum.Id, bill.Request(forum.Id, office.CommandId($"instruct {forum.Id} {bill.Step}"), project), cancellation);
        await RefuseAsync(
            forum.Id, refused, RefusalGround.ConflictOfInterest, "Illustration: a member of the forum is related to the gardener.", "Illustration: somebody who decided this was thought to gain from it.",
            cancellation);
        await AppealAsync(forum.Id, refused, true, cancellation);
        var again = bill.Request(forum.Id, office.CommandId($"instruct {forum.Id} {bill.Step} again"), project);
        again.AfterAppeal = refused;
        var instruction = await InstructAsync(forum.Id, again, cancellation);
        await ExecuteAsync(forum.Id, instruction, cancellation);
        await PaidAsync(forum.Id, instruction, cancellation);
    }

    /// <summary>A refusal that stands.</summary>
    private async Task UpholdAsync(TopologyBody forum, CancellationToken cancellation)
    {
        var bill = BillOf(forum, "banquet", UpheldPence);
        var request = bill.Request(forum.Id, office.CommandId($"instruct {forum.Id} {bill.Step}"), await office.ProjectAsync(forum.Id, bill, cancellation));
        var refused = await InstructAsync(forum.Id, request, cancellation);
        await RefuseAsync(
            forum.Id, refused, RefusalGround.Ineligible, "Illustration: the terms pay for no banquets.", "Illustration: the fund does not pay for meals.", cancellation);
        await AppealAsync(forum.Id, refused, false, cancellation);
    }

    private Bill BillOf(TopologyBody forum, string step, long pence) => new(
        step, $"{topology.Root.Id}.{PlaceFund.Name}", Kind.Revenue, "parks", PlaceFund.PlaceOf(forum), $"GB-CHC-invented-{step}", null, pence);

    private async Task<string> InstructAsync(string forum, MakePaymentRequest request, CancellationToken cancellation) =>
        (await office.AskAsync(forum, OfficerRoles.Preparer, options => office.Payments.MakePaymentAsync(request, options), cancellation)).Instruction;

    private async Task RefuseAsync(string forum, string instruction, RefusalGround ground, string reasons, string publicText, CancellationToken cancellation)
    {
        var request = new RefuseInstructionRequest
        {
            Body = AgentOf(forum),
            CommandId = office.CommandId($"refuse {instruction}"),
            Instruction = instruction,
            Ground = ground,
            RefusedOn = Day,
            Reasons = reasons,
            PublicText = publicText,
        };
        await office.AskWhenItComesAsync(
            request.Body, OfficerRoles.Approver, options => office.Instructions.RefuseInstructionAsync(request, options), $"The instruction {instruction} at {request.Body}", cancellation);
        await UntilAsync(forum, instruction, found => found.State == InstructionState.Refused, cancellation);
    }

    private async Task AppealAsync(string forum, string instruction, bool allow, CancellationToken cancellation)
    {
        var appeal = new MakeAppealRequest
        {
            Body = forum,
            CommandId = office.CommandId($"appeal {instruction}"),
            Instruction = instruction,
            Reasons = "Illustration: the forum knew of it, and decided without them.",
        };
        await office.AskAsync(forum, OfficerRoles.ChiefFinanceOfficer, options => office.Instructions.MakeAppealAsync(appeal, options), cancellation);
        var agent = AgentOf(forum);
        await UntilAsync(agent, instruction, found => found.Refusal.Appeal != AppealState.None, cancellation);
        var decision = new DecideAppealRequest
        {
            Body = agent,
            CommandId = office.CommandId($"decide {instruction}"),
            Instruction = instruction,
            Allow = allow,
            Reasons = "Illustration: the appeal was heard by somebody else.",
        };
        await office.AskAsync(agent, OfficerRoles.ChiefFinanceOfficer, options => office.Instructions.DecideAppealAsync(decision, options), cancellation);
        await UntilAsync(forum, instruction, found => found.Refusal.Appeal is AppealState.Allowed or AppealState.Upheld, cancellation);
    }

    private async Task<Instruction> UntilAsync(string body, string instruction, Func<Instruction, bool> enough, CancellationToken cancellation) =>
        (await office.UntilAsync(
            body, options => office.Instructions.GetInstructionAsync(new GetInstructionRequest { Body = body, Instruction = instruction }, options),
            found => enough(found.Instruction), $"What becomes of {instruction} at {body}", cancellation)).Instruction;

    private string AgentOf(string forum) => arranging.AccountableFor(topology.Body(forum));
}
