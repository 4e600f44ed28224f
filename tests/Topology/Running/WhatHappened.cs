using System.Net.Http.Json;
using System.Text.Json;

namespace FundingFlows.Topologies.Tests;

/// <summary>Every kind of fact that the journals of a run hold, and of transfers every purpose: what a year must show that has every operation in use.</summary>
internal static class WhatHappened
{
    private const int PageSize = 1_000;

    /// <summary>
    /// Money that was sent is refused only where the books of two bodies contradict each other, or where a body took what it had sent
    /// back before it came. Every command of the year is accepted by its own body first, and an agreement ends behind what was sent
    /// under it, so none of them leads there. Nor is money released between an amendment and its acceptance, which would lapse.
    /// </summary>
    private static readonly string[] Never =
        [nameof(Fact.KindOneofCase.TransferRefused), nameof(Fact.KindOneofCase.TransferReversed), nameof(Fact.KindOneofCase.AwardAmendmentLapsed)];

    /// <summary>The journals hold all that there is in the contracts, but for what cannot come about.</summary>
    public static async Task IsEverythingAsync(Uri gateway)
    {
        var all = Enum.GetValues<Fact.KindOneofCase>().Where(kind => kind != Fact.KindOneofCase.None).Select(kind => $"{kind}")
            .Concat(Enum.GetValues<TransferPurpose>().Where(purpose => purpose != TransferPurpose.Unspecified).Select(NameOf));
        Assert.Equal(all.Except(Never).Order(StringComparer.Ordinal), (await InAsync(gateway)).Order(StringComparer.Ordinal));
    }

    private static async Task<HashSet<string>> InAsync(Uri gateway)
    {
        using var client = new HttpClient { BaseAddress = gateway };
        var found = new HashSet<string>();
        foreach (var body in (await client.GetFromJsonAsync<JsonElement>("/v1/audit/bodies?pageSize=1000")).GetProperty("bodies").EnumerateArray())
            await foreach (var fact in JournalAsync(client, body.GetProperty("id").GetString()!))
            {
                found.Add($"{fact.KindCase}");
                if (fact.TransferSent is { } sent)
                    found.Add(NameOf(sent.Purpose));
            }
        return found;
    }

    private static async IAsyncEnumerable<Fact> JournalAsync(HttpClient client, string body)
    {
        for (var from = 0L; ;)
        {
            var read = await client.GetFromJsonAsync<JsonElement>($"/v1/bodies/{body}/journal?fromIndex={from}&pageSize={PageSize}");
            foreach (var entry in read.GetProperty("page").GetProperty("entries").EnumerateArray())
            {
                yield return Entry.Parser.ParseFrom(entry.GetBytesFromBase64()).Fact;
                from++;
            }
            if (from >= read.GetProperty("size").GetInt64())
                yield break;
        }
    }

    private static string NameOf(TransferPurpose purpose) => $"{nameof(TransferPurpose)}.{purpose}";
}
