using Microsoft.CodeAnalysis;

namespace RolloutDashboard.StrategyHost.Compiling;

/// <summary>
/// How large a type is when written out. A tuple of seven tuples of seven tuples ... costs one line a level and seven
/// times the work of the level before it: in the compiler, in its messages, and in these checks.
/// </summary>
internal static class TypeSize
{
    /// <summary>Most types that a type may consist of.</summary>
    public const int Largest = 100;

    /// <summary>Whether a symbol has a type that is too large; costs no more than counting to the limit.</summary>
    public static bool IsTooLarge(ISymbol symbol) =>
        symbol switch
        {
            ITypeSymbol type => Left(type, Largest) < 0,
            IMethodSymbol method => method
                .TypeArguments.Append(method.ReturnType)
                .Append(method.ContainingType)
                .Any(type => type is not null && Left(type, Largest) < 0),
            _ => false,
        };

    private static int Left(ITypeSymbol type, int budget)
    {
        budget--;
        foreach (var part in Parts(type))
        {
            if (budget < 0)
            {
                return budget;
            }

            budget = Left(part, budget);
        }

        return budget;
    }

    private static IEnumerable<ITypeSymbol> Parts(ITypeSymbol type) =>
        type switch
        {
            IArrayTypeSymbol array => [array.ElementType],
            INamedTypeSymbol { IsAnonymousType: true } anonymous => anonymous
                .GetMembers()
                .OfType<IPropertySymbol>()
                .Select(property => property.Type),
            INamedTypeSymbol named => named.TypeArguments,
            _ => [],
        };
}
