namespace FundingFlows.Ledger;

/// <summary>Why a claim is not withdrawn, in the order in which the rules are checked.</summary>
public enum WithdrawClawbackRefusal
{
    /// <summary>The amount is not above zero, or above all bounds.</summary>
    [Refuses(RefusalClass.Malformed)] AmountMalformed = 1,

    /// <summary>This body knows no such clawback.</summary>
    [Refuses(RefusalClass.Missing)] ClawbackUnknown,

    /// <summary>Another body claimed it; only that one withdraws.</summary>
    [Refuses(RefusalClass.Rule)] NotTheClaimant,

    /// <summary>Less of it has still to come.</summary>
    [Refuses(RefusalClass.Rule)] MoreThanOwed,
}

/// <summary>The funder takes back its claim, as far as it was not met.</summary>
public sealed record WithdrawClawback(EntryId Clawback, long AmountPence) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (!Pence.IsAmount(AmountPence))
            return Decision.Refuse(
                WithdrawClawbackRefusal.AmountMalformed, $"{Pence.InPounds(AmountPence)} cannot be withdrawn: an amount is above zero and at most {Pence.InPounds(Pence.Most)}.");
        if (books.Clawbacks.Find(Clawback) is not { } claim)
            return Decision.Refuse(WithdrawClawbackRefusal.ClawbackUnknown, $"{books.Body} knows no clawback {Clawback}.", ("clawback", $"{Clawback}"));
        if (claim.RecordedBy is not null && books.Awards.Find(claim.Award)!.Funder is var claimant)
            return Decision.Refuse(WithdrawClawbackRefusal.NotTheClaimant, $"{Clawback} was claimed by {claimant}; only it withdraws the claim.", ("claimant", claimant));
        if (AmountPence > claim.OwedPence)
            return Decision.Refuse(
                WithdrawClawbackRefusal.MoreThanOwed, $"{Pence.InPounds(claim.OwedPence)} of {Clawback} has still to come; {Pence.InPounds(AmountPence)} is more than that.",
                ("owed_pence", $"{claim.OwedPence}"), ("wanted_pence", $"{AmountPence}"));
        return Decision.Accept(new Fact
        {
            ClawbackWithdrawn = new ClawbackWithdrawn
            {
                To = books.Deliveries.Address(books.Awards.Find(claim.Award)!.Recipient),
                Clawback = Clawback.ToRef(),
                AmountPence = AmountPence,
            },
        });
    }
}
