namespace FundingFlows.Ledger;

/// <summary>
/// Something that a body is asked to do. Deciding is pure: it reads the books and the surroundings, changes nothing, and
/// answers with facts or with the first rule that the command breaks.
/// </summary>
public interface ICommand
{
    Decision Decide(Books books, Surroundings around);
}
