using System.Runtime.CompilerServices;
using Google.Protobuf.Collections;

namespace FundingFlows.Tiers;

/// <summary>
/// Reads the fields of a request and collects every fault, so that a caller learns of all of them at once. Each method
/// answers with the value, or with some harmless value beside a fault; <see cref="ThrowIfAny"/> comes before any is used.
/// </summary>
public sealed class Fields
{
    private readonly List<(string Field, string Fault)> faults = [];

    /// <summary>Throws INVALID_ARGUMENT that lists all faults, when there are any.</summary>
    public void ThrowIfAny()
    {
        if (faults.Count > 0)
            throw Errors.Malformed(faults);
    }

    /// <summary>Adds a fault when a condition does not hold.</summary>
    public void Check(bool holds, string field, string fault)
    {
        if (!holds)
            faults.Add((field, fault));
    }

    public string Body(string field, string value)
    {
        Check(Names.IsBody(value), field, "must be the id of a body: 1 to 32 letters, digits and hyphens.");
        return value;
    }

    public Guid CommandId(string value)
    {
        var read = Guid.TryParseExact(value, "D", out var id) && CommandIdentity.IsVersion7(id);
        Check(read, "command_id", "must be a UUID of version 7, chosen by the caller, new for each command.");
        return id;
    }

    public long Amount(string field, long pence)
    {
        Check(Pence.IsAmount(pence), field, $"must be above zero and at most {Pence.Most} pence.");
        return pence;
    }

    public EntryId Entry(string field, string value)
    {
        Check(EntryId.TryParse(value, out var id), field, "must be written body.epoch.index, for example E06000047.1.57.");
        return id;
    }

    public string Fund(string field, string value)
    {
        Check(Names.IsFund(value), field, "must be written body.name, for example mhclg.place-fund.");
        return value;
    }

    public SourceId Source(string field, Source? value)
    {
        var source = value ?? new Source();
        Check(source.Kind != SourceKind.Unspecified && Enum.IsDefined(source.Kind), $"{field}.kind", "must say where the money comes from.");
        Check(Names.IsSourceReference(source.Reference), $"{field}.reference", "must be 1 to 48 lower-case letters, digits and hyphens.");
        return SourceId.From(source);
    }

    public int Year(string field, int year)
    {
        Check(Years.IsYear(year), field, $"must be a financial year by its first calendar year, from {Years.Earliest} to {Years.Latest}.");
        return year;
    }

    public DateOnly Date(string field, Google.Type.Date? value)
    {
        Check(Dates.TryFrom(value, out var day), field, $"must be a day with year, month and day, in a financial year from {Years.Earliest} to {Years.Latest}.");
        return day;
    }

    /// <param name="either">Whether money for either is meant too.</param>
    public Kind Kind(string field, Kind kind, bool either)
    {
        var known = kind is Contracts.Journal.V1.Kind.Capital or Contracts.Journal.V1.Kind.Revenue || (either && kind == Contracts.Journal.V1.Kind.Either);
        Check(known, field, either ? "must be capital, revenue or either." : "must be capital or revenue.");
        return kind;
    }

    public EarmarkSet Earmarks(string field, RepeatedField<string> names)
    {
        Check(names.Count <= OpenFund.MostEarmarksOfALine && names.All(Names.IsName), field,
            $"must be at most {OpenFund.MostEarmarksOfALine} names of lower-case letters, digits and hyphens.");
        return EarmarkSet.Of(names);
    }

    public string Words(string field, string value, int most, bool required = false)
    {
        Check(value.Length <= most && (!required || value.Length > 0), field, required ? $"must be 1 to {most} characters." : $"must be at most {most} characters.");
        Check(!value.Contains('\0', StringComparison.Ordinal), field, "must not hold the character U+0000, which databases cannot keep.");
        return value;
    }

    /// <summary>A page of a list: how many, and after which item.</summary>
    /// <param name="list">Which list: a token of another is refused. Left out, it is the rpc that reads its page.</param>
    public Page Page(int size, string token, int otherwise, int most, [CallerMemberName] string list = "")
    {
        Check(size >= 0 && size <= most, "page_size", $"must be 1 to {most}, or 0 for {otherwise}.");
        Check(Tiers.Page.TryReadToken(token, list, out var after), Tiers.Page.TokenField, Tiers.Page.WrongToken);
        return new Page(list, size == 0 ? otherwise : size, after);
    }
}
