using System.Text.RegularExpressions;

namespace FundingFlows.Ledger;

/// <summary>How things are named. Names stand in journals for ever, so their forms are narrow and none can hold a sentence.</summary>
public static partial class Names
{
    /// <summary>How many identifiers as an organisation a body may have.</summary>
    public const int MostOrganisations = 8;

    /// <summary>A body: 1 to 32 letters, digits and inner hyphens.</summary>
    public static bool IsBody(string? text) => text is not null && IsBody(text.AsSpan());

    /// <inheritdoc cref="IsBody(string?)"/>
    public static bool IsBody(ReadOnlySpan<char> text) => BodyForm().IsMatch(text);

    /// <summary>A fund's name at its body, an earmark or a category: 1 to 32 lower-case letters, digits and inner hyphens.</summary>
    public static bool IsName(string? text) => text is not null && NameForm().IsMatch(text);

    /// <summary>A source's reference: 1 to 48 lower-case letters, digits and inner hyphens.</summary>
    public static bool IsSourceReference(string? text) => text is not null && ReferenceForm().IsMatch(text);

    /// <summary>A fund: <c>body.name</c>.</summary>
    public static bool IsFund(string? text) =>
        text?.IndexOf('.') is int dot and > 0 && IsBody(text[..dot]) && IsName(text[(dot + 1)..]);

    /// <summary>A place: a code of the Office for National Statistics, a letter and eight digits.</summary>
    public static bool IsPlace(string? text) => text is not null && PlaceForm().IsMatch(text);

    /// <summary>An organisation identifier as org-id.guide lists them: a register's prefix, a hyphen, the register's number.</summary>
    public static bool IsOrganisation(string? text) => text is { Length: <= 64 } && OrganisationForm().IsMatch(text);

    /// <summary>Whether they can be the identifiers of one body: at most <see cref="MostOrganisations"/>, each once in whatever letters.</summary>
    public static bool AreOrganisations(IReadOnlyCollection<string> all) =>
        all.Count <= MostOrganisations && all.All(IsOrganisation) && all.Distinct(StringComparer.OrdinalIgnoreCase).Count() == all.Count;

    /// <summary>What a payee calls a payment: 0 to 32 capitals, digits, hyphens and slashes.</summary>
    public static bool IsPaymentReference(string? text) => text is not null && PaymentReferenceForm().IsMatch(text);

    /// <summary>The opaque handle of a payee who is a person: 16 to 64 hexadecimal digits.</summary>
    public static bool IsPersonHandle(string? text) => text is not null && HandleForm().IsMatch(text);

    /// <summary>A public label: 1 to 100 characters, none of them a control character, no space at either end.</summary>
    public static bool IsLabel(string? text) =>
        text is { Length: >= 1 and <= 100 } && text.Trim().Length == text.Length && !text.Any(char.IsControl);

    /// <summary>The origin line of a body's checkpoints.</summary>
    public static string Origin(string federation, string body, uint epoch) => $"{federation}/{body}/{epoch}";

    /// <summary>A federation: 1 to 64 letters, digits, inner dots and hyphens.</summary>
    public static bool IsFederation(string? text) => text is not null && FederationForm().IsMatch(text);

    [GeneratedRegex(@"^[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?\z")]
    private static partial Regex BodyForm();

    [GeneratedRegex(@"^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?\z")]
    private static partial Regex NameForm();

    [GeneratedRegex(@"^[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])?\z")]
    private static partial Regex ReferenceForm();

    [GeneratedRegex(@"^[A-Z][0-9]{8}\z")]
    private static partial Regex PlaceForm();

    [GeneratedRegex(@"^[A-Z]{2,3}-[A-Z0-9_]{2,12}-[A-Za-z0-9./_-]{1,40}\z")]
    private static partial Regex OrganisationForm();

    [GeneratedRegex(@"^[A-Z0-9/-]{0,32}\z")]
    private static partial Regex PaymentReferenceForm();

    [GeneratedRegex(@"^[0-9a-f]{16,64}\z")]
    private static partial Regex HandleForm();

    [GeneratedRegex(@"^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,62}[A-Za-z0-9])?\z")]
    private static partial Regex FederationForm();
}
