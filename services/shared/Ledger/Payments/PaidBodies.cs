namespace FundingFlows.Ledger;

/// <summary>Tells payees that are bodies of the federation from others. Money between bodies is a transfer, with its ring-fence.</summary>
internal static class PaidBodies
{
    /// <summary>
    /// Whether a payee is a body: one that the settings of the instance name, this body itself, or one that it has registered. An
    /// identifier is the same in any letters.
    /// </summary>
    public static bool IsABody(this Payee payee, Books books, Surroundings around) =>
        payee.IdentifierCase == Payee.IdentifierOneofCase.Organisation
        && (around.IsBodysOrganisation(payee.Organisation) || Has(books.Genesis!.Organisations, payee.Organisation)
            || books.Registrations.Values.Any(registrant => Has(registrant.Registration.Organisations, payee.Organisation)));

    private static bool Has(IEnumerable<string> organisations, string organisation) => organisations.Contains(organisation, StringComparer.OrdinalIgnoreCase);
}
