using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Date = Google.Type.Date;

namespace FundingFlows.Ledger;

/// <summary>Calendar days, as they stand in facts. They are always told, never looked up: no rule of money reads a clock.</summary>
public static class Dates
{
    /// <summary>Reads a day that lies in a financial year from 2000-01 to 2199-00; false for anything else.</summary>
    public static bool TryFrom([NotNullWhen(true)] Date? date, out DateOnly day)
    {
        day = default;
        if (date is not { Year: >= 1 and <= 9999, Month: >= 1 and <= 12, Day: >= 1 } || date.Day > DateTime.DaysInMonth(date.Year, date.Month))
            return false;
        day = new DateOnly(date.Year, date.Month, date.Day);
        return IsDay(day);
    }

    /// <summary>Whether a day lies in a financial year.</summary>
    public static bool IsDay(DateOnly day) => Years.IsYear(Years.Of(day));

    /// <summary>A day that was read before, from a fact.</summary>
    public static DateOnly From(Date date) => new(date.Year, date.Month, date.Day);

    /// <summary>In words: <c>31 March 2027</c>.</summary>
    public static string InWords(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    public static Date ToDate(this DateOnly day) => new() { Year = day.Year, Month = day.Month, Day = day.Day };
}
