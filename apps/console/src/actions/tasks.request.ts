import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger'
import { ArrayMaxSize, IsArray, Matches } from 'class-validator'
import { PageRequest } from '../input/paging.request'
import { AsList, Optional } from '../input/validation'

class StoresFilter {
  @ApiPropertyOptional({ type: String, description: 'Numbers of stores, separated by commas.' })
  @Optional()
  @AsList()
  @IsArray()
  @ArrayMaxSize(500)
  @Matches(/^\d{1,9}$/, { each: true, message: 'must be numbers of stores, separated by commas' })
  store?: string[]
}

export class ListTasksRequest extends IntersectionType(StoresFilter, PageRequest) {}
