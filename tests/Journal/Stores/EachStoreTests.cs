using System.Reflection;

namespace FundingFlows.Journal.Tests;

/// <summary>No test of a store is left out with one of them.</summary>
public sealed class EachStoreTests
{
    [Theory]
    [InlineData(typeof(OnSqlite))]
    [InlineData(typeof(OnPostgres))]
    public void Test_OfAStore_RunsWithEach(Type store)
    {
        var every = typeof(EachStoreTests).Assembly.GetTypes().Where(type => type.IsAbstract && type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Any(made => made.GetParameters() is [{ ParameterType: var kind }] && kind == typeof(StoreKind)));

        Assert.Equal(every.Select(type => type.Name).Order(), store.GetNestedTypes().Select(type => type.BaseType!.Name).Order());
    }
}
