using FundingFlows.Contracts.Allocation.V1;

namespace FundingFlows.Ledger.Tests;

/// <summary>Runs of formulas that are recorded, told in one line.</summary>
internal static class Runs
{
    public static readonly Formula Formula = new()
    {
        Name = "Per head",
        Components = { new Component { Name = "people", ShareBasisPoints = 10_000, PerHead = new PerHead { Count = "people" } } },
    };

    /// <summary>The command that records a run of one line of revenue.</summary>
    public static RecordAllocation Of(string fund, params (string Recipient, long Pence)[] shares) => new(
        fund, Formula, [Write.Promise(2026, Kind.Revenue, shares.Sum(share => share.Pence))], Write.Digest("descriptions"), Write.Digest("figures"),
        [.. shares.Select(share => Share(share.Recipient, share.Pence))]);

    public static AllocationShare Share(string recipient, params long[] pence) => new() { Recipient = recipient, AmountPence = { pence } };

    /// <summary>A body has agreements with so many recipients, of which it is all that there is. Answers with their ids.</summary>
    public static IReadOnlyList<string> FundsMany(this TestBody body, int count)
    {
        var recipients = Enumerable.Range(0, count).Select(i => $"b{i:0000}").ToList();
        foreach (var recipient in recipients)
        {
            var agreement = body.Append(new Fact { AgreementProposed = new AgreementProposed { To = new Addressed { Body = recipient, Sequence = 1 } } });
            var delivery = new DeliveryRef { Entry = new EntryId(recipient, 1, 1).ToRef(), Sequence = 1 };
            body.Append(new Fact { AgreementConcluded = new AgreementConcluded { Delivery = delivery, Agreement = agreement.ToRef() } });
        }
        return recipients;
    }

    /// <summary>Opens a fund of revenue whose awards must come from a formula. Answers with its id.</summary>
    public static string OpensFormal(this TestBody body, string name = "formal")
    {
        body.Do(Write.Fund(name, [Write.Share(Kind.Revenue, 10_000)]) with { Rules = FundRules.None with { AwardsByFormulaOnly = true } });
        return $"{body.Id}.{name}";
    }
}
