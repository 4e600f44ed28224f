namespace FundingFlows.Ledger;

/// <summary>A payee as payees are told from one another: an organisation's number is the same in any letters.</summary>
public readonly record struct PayeeKey(bool IsPerson, string Name)
{
    public static PayeeKey Of(Payee payee) => payee.IdentifierCase == Payee.IdentifierOneofCase.Person
        ? new(true, payee.Person)
        : new(false, payee.Organisation.ToUpperInvariant());

    /// <summary>Whether a payee is named as it must be.</summary>
    public static bool IsWellFormed(Payee payee) => payee.IdentifierCase switch
    {
        Payee.IdentifierOneofCase.Organisation => Names.IsOrganisation(payee.Organisation),
        Payee.IdentifierOneofCase.Person => Names.IsPersonHandle(payee.Person),
        _ => false,
    };
}
