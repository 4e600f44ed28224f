namespace FundingFlows.Ledger;

/// <summary>What a decision may know beyond the body's books.</summary>
/// <param name="Next">The entry that the first fact of the decision will be.</param>
/// <param name="JournalRoot">RFC 6962 root of the entries before it: 32 bytes. Asked for only by who needs it.</param>
/// <param name="IsBody">Whether an id, exactly as it is written, is that of a body of the federation.</param>
/// <param name="IsBodysOrganisation">Whether an organisation identifier is that of a body of the federation, whatever its letters' case.</param>
/// <param name="Actor">Opaque handle of the person who gives the command, as the entry will name them. Empty: the body acts by itself.</param>
public sealed record Surroundings(EntryId Next, Func<byte[]> JournalRoot, Func<string, bool> IsBody, Func<string, bool> IsBodysOrganisation,
    string Actor = "");
