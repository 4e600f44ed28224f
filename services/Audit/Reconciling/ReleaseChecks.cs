namespace FundingFlows.Audit;

/// <summary>Money that was released, at every entry: none to who owed a report, where terms of its award hold it back until that has come.</summary>
public sealed class ReleaseChecks
{
    private readonly List<string> wrong = [];
    private long examined;

    /// <summary>How many releases were checked, and which are wrong.</summary>
    public (long Examined, IReadOnlyList<string> Findings) Found => (examined, wrong);

    /// <summary>Forgets everything: all entries will be looked at again.</summary>
    public void Clear()
    {
        wrong.Clear();
        examined = 0;
    }

    /// <summary>Looks at an entry before it is applied, when the books say what had been reported.</summary>
    public void Look(JournalReplica replica, Entry entry)
    {
        if (entry.Part > 1 || entry.Fact.TransferSent is not { Purpose: TransferPurpose.Allocation } sent
            || !EntryId.TryFrom(sent.Award, out var id) || replica.Books.Awards.Find(id) is not { } award)
            return;
        examined++;
        if (sent.ReleasedOn is null)
        {
            if (ReportsDue.HoldBack(award))
                wrong.Add($"{replica.IdOf(entry)} does not say on which day it releases money that waits for reports.");
        }
        else if (!Dates.TryFrom(sent.ReleasedOn, out var on) || ReportsDue.Overdue(replica.Books, award, on) is not null)
            wrong.Add($"{replica.IdOf(entry)} releases money of {award.Terms.Fund} to {award.Recipient}, whose report was overdue.");
    }
}
