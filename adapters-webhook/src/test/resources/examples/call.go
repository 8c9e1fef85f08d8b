package main

import (
	"fmt"
	"os"
	"strings"
)

func main() {
	body, err := os.ReadFile(os.Args[2])
	if err != nil {
		panic(err)
	}
	headers := map[string]string{}
	for _, header := range os.Args[3:] {
		name, value, _ := strings.Cut(header, "=")
		headers[name] = value
	}
	fmt.Println(isValid(os.Args[1], headers, body))
}
